using System.Buffers;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Streams.Jobs;
using Leat.Streams.Kernels;
using Leat.Streams.Sinks;

namespace Leat.Streams.Checkpoints;

/// <summary>What stands in a journal frame: state of operators, rows for lake tables, and the mark that such rows were taken.</summary>
internal static class StateEntries
{
    private const byte OperatorState = 1;
    private const byte LakeRows = 2;
    private const byte LakeTaken = 3;

    /// <summary>A piece of an operator's state.</summary>
    public static void AddOperator(StateWriter writer, int place, ReadOnlySpan<byte> piece)
    {
        writer.Byte(OperatorState);
        writer.Number(place);
        writer.Bytes(piece);
    }

    public static void AddRows(StateWriter writer, LakeSink sink, IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            var bytes = new ArrayBufferWriter<byte>();
            BatchCodec.Write(batch, bytes);
            writer.Byte(LakeRows);
            writer.Number(sink.Index);
            writer.Bytes(bytes.WrittenSpan);
        }
    }

    public static void AddTaken(StateWriter writer, LakeSink sink, int batches)
    {
        writer.Byte(LakeTaken);
        writer.Number(sink.Index);
        writer.Number(batches);
    }

    /// <summary>Loads a frame into the parts of the plan that take it.</summary>
    /// <param name="plan">Of the job.</param>
    /// <param name="match">Who takes what.</param>
    /// <param name="frame">As written.</param>
    /// <param name="waiting">By place of the sink: batches that no sink took.</param>
    public static void Load(JobPlan plan, StateMatch match, ReadOnlyMemory<byte> frame, Dictionary<int, int> waiting)
    {
        var reader = new StateReader(frame);
        while (!reader.AtEnd)
        {
            var kind = reader.Byte();
            var saved = (int)reader.Number();
            var place = kind == OperatorState ? match.Operators[saved] : match.Sinks[saved];
            switch (kind)
            {
                case OperatorState: LoadOperator(plan, place, reader.Slice()); break;
                case LakeRows when place < 0: reader.Slice(); waiting[saved] = waiting.GetValueOrDefault(saved) + 1; break;
                case LakeRows: plan.LakeSinks[place].Load(BatchCodec.Read(reader.Bytes(), out _)); break;
                case LakeTaken when place < 0: waiting[saved] = waiting.GetValueOrDefault(saved) - (int)reader.Number(); break;
                case LakeTaken: plan.LakeSinks[place].Forget((int)reader.Number()); break;
                default: throw new InvalidDataException($"unknown entry {kind}");
            }
        }
    }

    private static void LoadOperator(JobPlan plan, int place, ReadOnlyMemory<byte> state)
    {
        if (place >= 0) plan.Stateful[place].Load(new StateReader(state));
    }
}
