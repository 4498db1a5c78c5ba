using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Gives rows that need no decoding their event time, and keeps the partition's watermark.</summary>
internal sealed class RowRunner<T>(EventClock<T> times, Stage<T> first, WorkerContext context) : SourceRunner
{
    private readonly Chunk<T> _chunk = new(Chunk<T>.DefaultCapacity);

    /// <summary>Where the next rows go.</summary>
    public T[] Rows => _chunk.Items;

    /// <summary>Processes the first rows of <see cref="Rows"/>.</summary>
    public void Process(int count, PartitionProgress partition)
    {
        context.Begin(partition, hasRecords: false);
        var watermark = partition.Watermark;
        TakeTimes(count, ref watermark);
        context.Judge(watermark);
        if (_chunk.Count > 0) first.Process(_chunk, context);
        context.Processed(count);
        partition.RaiseWatermark(watermark);
    }

    public override void Flush() => first.Flush();

    public override void Barrier() => first.Barrier();

    public override void Dispose() => first.Dispose();

    private void TakeTimes(int count, ref long watermark)
    {
        var origins = context.Source.Origins;
        var (to, at) = (0, 0);
        while (at < count)
        {
            try
            {
                for (; at < count; at++)
                {
                    origins[at].WatermarkBefore = watermark;
                    var time = times.Of(_chunk.Items[at]);
                    if (to != at) _chunk.Items[to] = _chunk.Items[at];
                    _chunk.Times[to] = time;
                    _chunk.Ordinals[to++] = at;
                    if (time - times.Disorder > watermark) watermark = time - times.Disorder;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                context.DeadDerived(_chunk.Items[at++], "event time", error);
            }
        }

        _chunk.Count = to;
    }
}
