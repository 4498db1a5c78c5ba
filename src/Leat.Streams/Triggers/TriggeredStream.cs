using Leat.Streams.Frames;
using Leat.Streams.Triggers;

namespace Leat.Streams;

/// <summary>Rows by key whose results a trigger or a count lets out, and which wait for what is to be computed.</summary>
public sealed class TriggeredStream<TKey, T>
{
    private readonly KeyedStream<TKey, T> _input;
    private readonly Trigger? _trigger;
    private readonly (int Size, int Every) _count;
    private readonly TimeSpan? _timeToLive;

    internal TriggeredStream(KeyedStream<TKey, T> input, Trigger trigger, TimeSpan? timeToLive) => (_input, _trigger, _timeToLive) = (input, trigger, timeToLive);

    internal TriggeredStream(KeyedStream<TKey, T> input, (int Size, int Every) count, TimeSpan? timeToLive) => (_input, _count, _timeToLive) = (input, count, timeToLive);

    /// <summary>The results as rows. Rows of a key count as they come: put <see cref="KeyedStream{TKey, T}.InOrder"/> before where the answer must not depend on that.</summary>
    /// <param name="columns">What is computed: <c>a => a.Count("n").Sum("spent", e => e.Amount)</c>.</param>
    /// <param name="select">Makes a row of a result; <see cref="WindowedRow{TKey}.Firing"/> is <see cref="Firing.Final"/> where its rows are forgotten then.</param>
    /// <exception cref="Leat.Core.LeatException">LEAT2118 windows of the last rows keep rows, and those of <typeparamref name="T"/> cannot be kept.</exception>
    public Stream<TOut> Aggregate<TOut>(Func<Aggregates<T>, Aggregates<T>> columns, Func<WindowedRow<TKey>, TOut> select)
    {
        var aggregates = columns(new Aggregates<T>()).Columns;
        var life = _timeToLive?.Ticks;
        if (_trigger is not { } trigger)
        {
            var count = _count;
            return _input.Run($"last {count.Size} every {count.Every}", () => new CountFunction<TKey, T, TOut>(count, new FrameState<T>("frame", aggregates), select), 0, life);
        }

        var name = $"trigger {trigger.Signature}";
        return trigger.EventPeriod > TimeSpan.Zero
            ? _input.Run(name, () => new PeriodFunction<TKey, T, TOut>(trigger, aggregates, select), 0, life)
            : _input.Run(name, () => new ArrivalFunction<TKey, T, TOut>(trigger, aggregates, select), 0, life);
    }
}
