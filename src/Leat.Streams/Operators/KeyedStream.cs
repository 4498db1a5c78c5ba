using Leat.Streams.Anomalies;
using Leat.Streams.Frames;
using Leat.Streams.Graph;
using Leat.Streams.Jobs;
using Leat.Streams.Operators;
using Leat.Streams.Ordering;
using Leat.Streams.Patterns;
using Leat.Streams.Processes;
using Leat.Streams.Ranking;
using Leat.Streams.Windows;

namespace Leat.Streams;

/// <summary>A stream by key.</summary>
public sealed class KeyedStream<TKey, T>
{
    private const int MostRows = 1_000_000;
    private static readonly TimeSpan LongestFrame = TimeSpan.FromDays(36_500);
    private readonly JobPlan _job;
    private readonly KeyedInput<TKey, T> _input;

    internal KeyedStream(JobPlan job, KeyedInput<TKey, T> input) => (_job, _input) = (job, input);

    internal JobPlan Job => _job;

    internal KeyedInput<TKey, T> Input => _input;

    /// <summary>Windows of <paramref name="size"/>, aligned to 1970-01-01 UTC. A window is final when the watermark passes its end by <paramref name="allowedLateness"/>; later rows go to the late topic.</summary>
    public WindowedStream<TKey, T> Tumbling(TimeSpan size, TimeSpan allowedLateness = default) => Hopping(size, size, allowedLateness);

    /// <summary>Windows of <paramref name="size"/>, one every <paramref name="slide"/>, aligned to 1970-01-01 UTC: a row is in size / slide of them. A row that comes too late for some of its windows still counts in the others; one too late for all goes to the late topic.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 ms, a slide beyond the size, or a row in more than 5,000 windows.</exception>
    public WindowedStream<TKey, T> Hopping(TimeSpan size, TimeSpan slide, TimeSpan allowedLateness = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slide, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slide, size);
        ArgumentOutOfRangeException.ThrowIfLessThan(allowedLateness, TimeSpan.Zero);
        var settings = new WindowSettings(size, slide, allowedLateness);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size / slide, WindowSettings.MostWindows, nameof(slide));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Slice, TimeSpan.FromMilliseconds(1).Ticks, nameof(slide));
        return Windowed(settings);
    }

    /// <summary>Sessions: rows of a key less than <paramref name="gap"/> apart in event time belong together; the window goes from the first row to the last plus the gap. A row is late when a session of it alone would be final.</summary>
    public WindowedStream<TKey, T> Session(TimeSpan gap, TimeSpan allowedLateness = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(allowedLateness, TimeSpan.Zero);
        return Windowed(new SessionSettings(gap.Ticks, allowedLateness.Ticks));
    }

    /// <summary>One result a key over all of its rows, without window and without end: read it as a view, or as <see cref="WindowResult{TKey}.Updates"/>. A key's state is never dropped.</summary>
    public WindowedStream<TKey, T> Global() => Windowed(WindowSettings.Global);

    /// <summary>The rows of a key without window, whose results a trigger lets out.</summary>
    /// <param name="trigger">When results come out, and whether their rows are forgotten then.</param>
    /// <param name="timeToLive">How long, in event time, a key is kept without a row; default: for ever, unless the trigger purges.</param>
    public TriggeredStream<TKey, T> Global(Trigger trigger, TimeSpan? timeToLive = null) => new(this, trigger, Life(timeToLive));

    /// <summary>Windows of <paramref name="rows"/> rows of a key, one after the other, whatever their times. One that is not full has no result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public TriggeredStream<TKey, T> CountWindow(long rows, TimeSpan? timeToLive = null) => Global(Trigger.Rows(rows).Purging(), timeToLive);

    /// <summary>The last <paramref name="rows"/> rows of a key, whenever <paramref name="every"/> more have come; at first there are fewer. Whatever their times.</summary>
    /// <param name="rows">1 to 1,000,000; all of them are kept.</param>
    /// <param name="every">1 to <paramref name="rows"/>.</param>
    /// <param name="timeToLive">How long, in event time, a key is kept without a row; default: for ever.</param>
    public TriggeredStream<TKey, T> CountWindow(int rows, int every, TimeSpan? timeToLive = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, rows);
        return new TriggeredStream<TKey, T>(this, (rows, every), Life(timeToLive));
    }

    /// <summary>Each row beside the rows of its key that are at most <paramref name="preceding"/> older, up to and with those of its own time: SQL's <c>OVER (PARTITION BY key ORDER BY time RANGE BETWEEN ... PRECEDING AND CURRENT ROW)</c>. Rows behind the watermark go to the late topic.</summary>
    /// <param name="preceding">0 to 36,500 days.</param>
    public OverStream<TKey, T> Over(TimeSpan preceding) => new(this, new FrameBounds(Frame(preceding), null), null);

    /// <summary>Each row beside the <paramref name="rows"/> rows of its key before it in order of event time: SQL's <c>ROWS BETWEEN ... PRECEDING AND CURRENT ROW</c>. Of rows of the same time those that came first are before. Rows behind the watermark go to the late topic.</summary>
    /// <param name="rows">0 to 1,000,000.</param>
    /// <param name="timeToLive">How long, in event time, a key's last rows are kept without a new one; default: for ever.</param>
    public OverStream<TKey, T> Over(int rows, TimeSpan? timeToLive = null) => new(this, new FrameBounds(null, Frame(rows)), Life(timeToLive));

    /// <summary>Each row beside the rows of its key before it, at most <paramref name="rows"/> and at most <paramref name="preceding"/> older. Of rows of the same time those that came first are before.</summary>
    /// <param name="preceding">0 to 36,500 days.</param>
    /// <param name="rows">0 to 1,000,000.</param>
    public OverStream<TKey, T> Over(TimeSpan preceding, int rows) => new(this, new FrameBounds(Frame(preceding), Frame(rows)), null);

    /// <summary>Code with state and timers of each key.</summary>
    /// <param name="create">Makes the function: a new one at each call.</param>
    /// <param name="timeToLive">How long, in event time, a key's state is kept without a row of the key; default: until the function clears it.</param>
    public Stream<TOut> Process<TOut>(Func<KeyedProcess<TKey, T, TOut>> create, TimeSpan? timeToLive = null) => Run("process", create, 0, Life(timeToLive)?.Ticks);

    /// <summary>The rows of each key in order of event time; each waits until the watermark has passed it. Rows behind the watermark go to the late topic.</summary>
    public KeyedStream<TKey, T> InOrder()
    {
        var ordered = Run("in order", () => new InOrder<TKey, T>(), Ordering.InOrder<TKey, T>.Delay, null);
        return new KeyedStream<TKey, T>(_job, _input with { Node = ordered.Node });
    }

    /// <summary>Finds sequences of rows of a key, in order of event time: <c>Pattern.Begin("cart", ...).Then("paid", ..., not: ...).Within(...)</c>. A match has the time of its last row.</summary>
    public Stream<TOut> Match<TOut>(Pattern<T> pattern, PatternSelector<TKey, T, TOut> select)
    {
        if (pattern.Steps[^1].IsAbsence && pattern.Duration == TimeSpan.MaxValue) throw StreamErrors.Definition(_job.Name, $"step '{pattern.Steps[^1].Name}' of a pattern waits for ever", "say how long with Within(...)");
        return InOrder().Run($"match {string.Join(' ', pattern.Steps.Select(s => s.Name))}", () => new PatternFunction<TKey, T, TOut>(pattern, select), pattern.Steps[^1].IsAbsence ? 1 : 0, null);
    }

    /// <summary>The <paramref name="count"/> rows of each key with the largest value, of equal ones those that came first. Each rank that gets another row comes out with it.</summary>
    /// <param name="count">1 to 10,000.</param>
    /// <param name="by">Value that rows are ordered by.</param>
    /// <param name="timeToLive">How long, in event time, a key is kept without a row; default: for ever.</param>
    public Stream<Ranked<TKey, T>> Top<TBy>(int count, Func<T, TBy> by, TimeSpan? timeToLive = null)
        where TBy : IComparable<TBy>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10_000);
        return Run($"top {count}", () => new TopFunction<TKey, T, TBy>(count, by), 0, timeToLive?.Ticks);
    }

    /// <summary>Rows whose value is far from the key's exponentially weighted mean, in weighted standard deviations; in the order in which rows come, so put <see cref="InOrder"/> before where that matters.</summary>
    /// <param name="value">Of a row.</param>
    /// <param name="least">Least distance that comes out; 0 = every row.</param>
    /// <param name="weight">Of the newest value, above 0 and below 1: 0.1 follows about the last 20 values.</param>
    /// <param name="warmUp">Values of a key before any is judged.</param>
    public Stream<Scored<TKey, T>> Anomalies(Func<T, double> value, double least = 3, double weight = 0.1, int warmUp = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(weight, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(weight, 1);
        var settings = new ScoreSettings<T>(value, weight, warmUp, least);
        return Run("anomalies", () => new ScoreFunction<TKey, T>(settings), 0, null);
    }

    /// <summary>This stream (left) beside another of the same key (right): joins, and functions over both.</summary>
    public JoinedStreams<TKey, T, TRight> With<TRight>(KeyedStream<TKey, TRight> right)
    {
        if (!ReferenceEquals(_job, right.Job)) throw StreamErrors.Definition(_job.Name, "a stream is joined with one of another job", "join streams of one job");
        return new JoinedStreams<TKey, T, TRight>(_job, _input, right.Input);
    }

    internal Stream<TOut> Run<TOut>(string name, Func<KeyedProcess<TKey, T, TOut>> create, long outputDelay, long? timeToLive)
    {
        var operation = new KeyedOperator<TKey, TOut>(name, new KeyedSettings<TKey>(_input.Shape, _input.Node.Delay, timeToLive), create);
        var next = _job.Add(new StreamNode<TOut>(name, [_input.Node], outputDelay) { State = operation });
        operation.Next = next;
        _input.Node.AddConsumer(context => new KeyedStage<TKey, T, TOut>(operation, _input.Key, static (function, row) => ((KeyedProcess<TKey, T, TOut>)function).Process(row), context));
        return new Stream<TOut>(_job, next);
    }

    private static TimeSpan? Life(TimeSpan? timeToLive)
    {
        if (timeToLive is { } life) ArgumentOutOfRangeException.ThrowIfLessThan(life, TimeSpan.FromMilliseconds(1), nameof(timeToLive));
        return timeToLive;
    }

    private static long Frame(TimeSpan preceding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(preceding, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(preceding, LongestFrame);
        return preceding.Ticks;
    }

    private static int Frame(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostRows);
        return rows;
    }

    private WindowedStream<TKey, T> Windowed(IWindowShape shape) => new(columns =>
    {
        var window = new WindowOperator<TKey, T>(_job.Name, _input, shape, columns);
        var node = _job.Add(new EndNode("window", [_input.Node], window.OutputDelay - window.InputDelay) { State = window, Detail = shape.Signature });
        window.Counting.Add(node);
        _input.Node.AddConsumer(_ => shape.CreateStage(window));
        return new WindowResult<TKey>(_job, window, node);
    });
}
