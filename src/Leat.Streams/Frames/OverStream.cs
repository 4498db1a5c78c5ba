using Leat.Streams.Frames;

namespace Leat.Streams;

/// <summary>Rows with a frame each, which wait for what is to be computed over it.</summary>
public sealed class OverStream<TKey, T>
{
    private readonly KeyedStream<TKey, T> _input;
    private readonly FrameBounds _bounds;
    private readonly TimeSpan? _timeToLive;

    internal OverStream(KeyedStream<TKey, T> input, FrameBounds bounds, TimeSpan? timeToLive) => (_input, _bounds, _timeToLive) = (input, bounds, timeToLive);

    /// <summary>
    /// Each row beside the aggregates over its frame, once, when the watermark has passed it; rows of a key come out in order of event time and keep theirs. Counts, distinct counts, and sums and
    /// means of integers and decimals cost two steps a row however long the frame is; all others three, and keep a state for up to every row of the frame.
    /// Selectors of aggregates are called several times a row.
    /// </summary>
    /// <param name="columns">What is computed: <c>a => a.Count("n").Sum("spent", e => e.Amount)</c>.</param>
    /// <param name="select">Makes a row of a row and the results of its frame. The frame's start is the time of its first row, its end is just after the row.</param>
    /// <exception cref="Leat.Core.LeatException">LEAT2118 rows of <typeparamref name="T"/> cannot be kept.</exception>
    public Stream<TOut> Aggregate<TOut>(Func<Aggregates<T>, Aggregates<T>> columns, Func<T, WindowedRow<TKey>, TOut> select)
    {
        var aggregates = columns(new Aggregates<T>()).Columns;
        var bounds = _bounds;
        return _input.Run($"over {bounds.Signature}", () => new OverFunction<TKey, T, TOut>(bounds, new FrameState<T>("frame", aggregates), select), FrameOutput.Delay, _timeToLive?.Ticks);
    }
}
