using System.Collections.Immutable;

namespace Leat.Streams.Patterns;

/// <summary>A sequence of rows of one key within a time. Between two steps other rows may come; each step takes the first row that matches; each first row begins an attempt of its own.</summary>
public sealed class Pattern<T>
{
    private Pattern(ImmutableArray<PatternStep<T>> steps, TimeSpan within) => (Steps, Duration) = (steps, within);

    internal ImmutableArray<PatternStep<T>> Steps { get; }

    internal TimeSpan Duration { get; }

    internal static Pattern<T> Begin(string name, Func<T, bool> matches) => new([new PatternStep<T>(name, matches, null)], TimeSpan.MaxValue);

    /// <summary>Then a row that matches; without <paramref name="not"/> rows in between, when given.</summary>
    public Pattern<T> Then(string name, Func<T, bool> matches, Func<T, bool>? not = null) => Add(new PatternStep<T>(name, matches, not));

    /// <summary>Then no such row until the time of <see cref="Within"/> is over: what matched comes out at that moment. Only as the last step.</summary>
    public Pattern<T> ThenNot(string name, Func<T, bool> matches) => Add(new PatternStep<T>(name, matches, null, IsAbsence: true));

    /// <summary>From the first row to the last at most so long, in event time.</summary>
    public Pattern<T> Within(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromTicks(1));
        return new Pattern<T>(Steps, time);
    }

    private Pattern<T> Add(PatternStep<T> step)
    {
        if (Steps.Any(s => s.Name == step.Name)) throw new ArgumentException($"step '{step.Name}' occurs twice", nameof(step));
        if (Steps[^1].IsAbsence) throw new ArgumentException($"nothing can follow '{Steps[^1].Name}', which waits for the end of the time", nameof(step));
        return new Pattern<T>(Steps.Add(step), Duration);
    }
}
