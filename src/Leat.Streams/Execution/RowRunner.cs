using Leat.Streams.Decoding;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Gives rows that need no decoding their event time, and keeps the partition's watermark.</summary>
internal sealed class RowRunner<T>(EventClock<T> times, Stage<T> first, WorkerContext context) : SourceRunner
{
    private static readonly List<DecodeFault> None = [];
    private readonly Chunk<T> _chunk = new(Chunk<T>.DefaultCapacity);

    /// <summary>Where the next rows go.</summary>
    public T[] Rows => _chunk.Items;

    /// <summary>Processes the first rows of <see cref="Rows"/>.</summary>
    public void Process(int count, PartitionProgress partition)
    {
        context.Begin(partition, hasRecords: false);
        var watermark = partition.Watermark;
        _chunk.Count = count;
        times.Note(_chunk, None, context, ref watermark);
        context.Judge(watermark);
        if (_chunk.Count > 0) first.Process(_chunk, context);
        context.Processed(count);
        partition.RaiseWatermark(watermark);
    }

    /// <summary>A row that is no <typeparamref name="T"/>.</summary>
    public void Dead(byte[] json, DecodeFault fault, string place) => context.Dead(json, fault.Code, fault.Reason, place);

    public override void Flush() => first.Flush();

    public override void Barrier() => first.Barrier();

    public override void Dispose() => first.Dispose();
}
