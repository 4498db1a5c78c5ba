using Leat.Streams.Jobs;
using Leat.Streams.Operators;
using Leat.Streams.Processes;
using Leat.Streams.Windows;

namespace Leat.Streams;

/// <summary>A stream by key.</summary>
public sealed class KeyedStream<TKey, T>
{
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

    /// <summary>Code with state and timers of each key.</summary>
    /// <param name="create">Makes the function: a new one at each call.</param>
    /// <param name="timeToLive">How long, in event time, a key's state is kept without a row of the key; default: until the function clears it.</param>
    public Stream<TOut> Process<TOut>(Func<KeyedProcess<TKey, T, TOut>> create, TimeSpan? timeToLive = null)
    {
        if (timeToLive is { } life) ArgumentOutOfRangeException.ThrowIfLessThan(life, TimeSpan.FromMilliseconds(1), nameof(timeToLive));
        var next = new StreamNode<TOut>(_input.Node.Delay);
        var operation = new KeyedOperator<TKey, TOut>("process", new KeyedSettings<TKey>(_input.Shape, _input.Node.Delay, timeToLive?.Ticks), create, next);
        _job.Stateful.Add(operation);
        _input.Node.Consumers.Add(context => new KeyedStage<TKey, T, TOut>(operation, _input.Key, static (function, row) => ((KeyedProcess<TKey, T, TOut>)function).Process(row), context));
        return new Stream<TOut>(_job, next);
    }

    /// <summary>This stream (left) beside another of the same key (right): joins, and functions over both.</summary>
    public JoinedStreams<TKey, T, TRight> With<TRight>(KeyedStream<TKey, TRight> right)
    {
        if (!ReferenceEquals(_job, right.Job)) throw StreamErrors.Definition(_job.Name, "a stream is joined with one of another job", "join streams of one job");
        return new JoinedStreams<TKey, T, TRight>(_job, _input, right.Input);
    }

    private WindowedStream<TKey, T> Windowed(IWindowShape shape) => new(columns =>
    {
        var window = new WindowOperator<TKey, T>(_job.Name, _input, shape, columns);
        _job.Stateful.Add(window);
        _input.Node.Consumers.Add(_ => shape.CreateStage(window));
        return new WindowResult<TKey>(_job, window);
    });
}
