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

    /// <summary>State of all operators: what changed, or whole.</summary>
    public static ReadOnlyMemory<byte> OfOperators(JobPlan plan, bool whole)
    {
        var writer = new StateWriter();
        var inner = new StateWriter();
        for (var i = 0; i < plan.Stateful.Count; i++)
        {
            inner.Clear();
            plan.Stateful[i].Save(inner, whole);
            writer.Byte(OperatorState);
            writer.Number(i);
            writer.Bytes(inner.Written.Span);
        }

        return writer.Written;
    }

    public static ReadOnlyMemory<byte> OfRows(LakeSink sink, IEnumerable<Batch> batches)
    {
        var writer = new StateWriter();
        foreach (var batch in batches)
        {
            var bytes = new ArrayBufferWriter<byte>();
            BatchCodec.Write(batch, bytes);
            writer.Byte(LakeRows);
            writer.Number(sink.Index);
            writer.Bytes(bytes.WrittenSpan);
        }

        return writer.Written;
    }

    public static ReadOnlyMemory<byte> OfTaken(LakeSink sink, int batches)
    {
        var writer = new StateWriter();
        writer.Byte(LakeTaken);
        writer.Number(sink.Index);
        writer.Number(batches);
        return writer.Written;
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
