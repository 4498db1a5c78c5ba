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

    public static void Load(JobPlan plan, ReadOnlyMemory<byte> frame)
    {
        var reader = new StateReader(frame);
        while (!reader.AtEnd)
        {
            var kind = reader.Byte();
            var index = (int)reader.Number();
            switch (kind)
            {
                case OperatorState: plan.Stateful[index].Load(new StateReader(reader.Slice())); break;
                case LakeRows: plan.LakeSinks[index].Load(BatchCodec.Read(reader.Bytes(), out _)); break;
                case LakeTaken: plan.LakeSinks[index].Forget((int)reader.Number()); break;
                default: throw new InvalidDataException($"unknown entry {kind}");
            }
        }
    }
}
