using Leat.Streams.Jobs;
using Leat.Streams.Keys;
using Leat.Streams.Operators;
using Leat.Streams.Windows;

namespace Leat.Streams;

/// <summary>A stream by key.</summary>
public sealed class KeyedStream<TKey, T>
{
    private readonly JobPlan _job;
    private readonly StreamNode<T> _node;
    private readonly Func<T, TKey> _key;
    private readonly KeyShape<TKey> _shape;

    internal KeyedStream(JobPlan job, StreamNode<T> node, Func<T, TKey> key, KeyShape<TKey> shape) => (_job, _node, _key, _shape) = (job, node, key, shape);

    /// <summary>Windows of <paramref name="size"/>, aligned to 1970-01-01 UTC. A window is final when the watermark passes its end by <paramref name="allowedLateness"/>; later rows go to the late topic.</summary>
    public WindowedStream<T> Tumbling(TimeSpan size, TimeSpan allowedLateness = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(allowedLateness, TimeSpan.Zero);
        return new WindowedStream<T>(columns =>
        {
            var window = new WindowOperator<TKey, T>(_job.Name, _shape, _key, new WindowSettings(size, allowedLateness), columns);
            _job.Windows.Add(window);
            _node.Consumers.Add(_ => new WindowStage<TKey, T>(window));
            return new WindowResult(_job, window);
        });
    }
}
