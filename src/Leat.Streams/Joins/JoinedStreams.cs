using Leat.Streams.Graph;
using Leat.Streams.Jobs;
using Leat.Streams.Joins;
using Leat.Streams.Operators;
using Leat.Streams.Processes;

namespace Leat.Streams;

/// <summary>Two streams by the same key.</summary>
public sealed class JoinedStreams<TKey, TLeft, TRight>
{
    private readonly JobPlan _job;
    private readonly KeyedInput<TKey, TLeft> _left;
    private readonly KeyedInput<TKey, TRight> _right;

    internal JoinedStreams(JobPlan job, KeyedInput<TKey, TLeft> left, KeyedInput<TKey, TRight> right) => (_job, _left, _right) = (job, left, right);

    /// <summary>Code with state and timers over the rows of both.</summary>
    /// <param name="create">Makes the function: a new one at each call.</param>
    /// <param name="timeToLive">How long, in event time, a key's state is kept without a row of the key; default: until the function clears it.</param>
    public Stream<TOut> Process<TOut>(Func<KeyedCoProcess<TKey, TLeft, TRight, TOut>> create, TimeSpan? timeToLive = null)
    {
        if (timeToLive is { } life) ArgumentOutOfRangeException.ThrowIfLessThan(life, TimeSpan.FromMilliseconds(1), nameof(timeToLive));
        return Make("coprocess", create, 0, timeToLive?.Ticks);
    }

    /// <summary>All pairs of a key, whatever their times; a pair comes out when its second row comes. Both sides are kept, so give a time to live where the keys are without end.</summary>
    public Stream<TOut> Join<TOut>(Func<TLeft, TRight, TOut> select, TimeSpan? timeToLive = null) =>
        Make("join", () => new RegularJoin<TKey, TLeft, TRight, TOut>(select), 0, timeToLive?.Ticks);

    /// <summary>Pairs whose right row is from <paramref name="lower"/> to <paramref name="upper"/> after the left one in event time, both inclusive; negative is before. A pair has the later of both times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lower bound is above the upper one.</exception>
    public Stream<TOut> IntervalJoin<TOut>(TimeSpan lower, TimeSpan upper, Func<TLeft, TRight, TOut> select) =>
        IntervalJoin(lower, upper, JoinKind.Inner, (left, right) => select(left.Value, right.Value));

    /// <summary>As the inner form; a row without partner comes out when the watermark says that none can come any more, with its own time.</summary>
    /// <inheritdoc cref="IntervalJoin{TOut}(TimeSpan, TimeSpan, Func{TLeft, TRight, TOut})"/>
    public Stream<TOut> IntervalJoin<TOut>(TimeSpan lower, TimeSpan upper, JoinKind kind, Func<Side<TLeft>, Side<TRight>, TOut> select)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lower, upper);
        var bounds = new JoinBounds(lower.Ticks, upper.Ticks);
        return Make($"interval join {lower} to {upper} {kind}", () => new IntervalJoin<TKey, TLeft, TRight, TOut>(bounds, new JoinOutput<TLeft, TRight, TOut>(kind, select)), bounds.DelayOf(kind), null);
    }

    /// <summary>Pairs of rows in the same window of <paramref name="size"/>, aligned to 1970-01-01 UTC, when it closes; with the window's last moment as time.</summary>
    public Stream<TOut> WindowJoin<TOut>(TimeSpan size, Func<TLeft, TRight, TOut> select) => WindowJoin(size, JoinKind.Inner, (left, right) => select(left.Value, right.Value));

    /// <inheritdoc cref="WindowJoin{TOut}(TimeSpan, Func{TLeft, TRight, TOut})"/>
    public Stream<TOut> WindowJoin<TOut>(TimeSpan size, JoinKind kind, Func<Side<TLeft>, Side<TRight>, TOut> select)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, TimeSpan.FromMilliseconds(1));
        return Make($"window join {size} {kind}", () => new WindowJoin<TKey, TLeft, TRight, TOut>(size.Ticks, new JoinOutput<TLeft, TRight, TOut>(kind, select)), 0, null);
    }

    /// <summary>Each left row with the right row that was valid at its event time: the youngest that is not younger; left rows that no version precedes are left out. A left row comes out when the watermark has passed it.</summary>
    public Stream<TOut> TemporalJoin<TOut>(Func<TLeft, TRight, TOut> select) => Temporal(JoinKind.Inner, (left, right) => select(left.Value, right.Value));

    /// <summary>As <see cref="TemporalJoin{TOut}"/>; left rows that no version precedes come out without one.</summary>
    public Stream<TOut> TemporalLeftJoin<TOut>(Func<TLeft, Side<TRight>, TOut> select) => Temporal(JoinKind.Left, (left, right) => select(left.Value, right));

    private Stream<TOut> Temporal<TOut>(JoinKind kind, Func<Side<TLeft>, Side<TRight>, TOut> select) =>
        Make($"temporal join {kind}", () => new TemporalJoin<TKey, TLeft, TRight, TOut>(new JoinOutput<TLeft, TRight, TOut>(kind, select)), Joins.TemporalJoin<TKey, TLeft, TRight, TOut>.Delay, null);

    private Stream<TOut> Make<TOut>(string name, Func<KeyedCoProcess<TKey, TLeft, TRight, TOut>> create, long outputDelay, long? timeToLive)
    {
        var operation = new KeyedOperator<TKey, TOut>(name, new KeyedSettings<TKey>(_left.Shape, Math.Max(_left.Node.Delay, _right.Node.Delay), timeToLive), create);
        var next = _job.Add(new StreamNode<TOut>(name, [_left.Node, _right.Node], outputDelay) { State = operation });
        operation.Next = next;
        _left.Node.AddConsumer(context => new KeyedStage<TKey, TLeft, TOut>(operation, _left.Key, static (function, row) => ((KeyedCoProcess<TKey, TLeft, TRight, TOut>)function).ProcessLeft(row), context));
        _right.Node.AddConsumer(context => new KeyedStage<TKey, TRight, TOut>(operation, _right.Key, static (function, row) => ((KeyedCoProcess<TKey, TLeft, TRight, TOut>)function).ProcessRight(row), context));
        return new Stream<TOut>(_job, next);
    }
}
