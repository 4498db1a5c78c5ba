using System.Collections.Immutable;
using Leat.Streams.Patterns;

namespace Leat.Streams;

/// <summary>The rows of a pattern that was found, one a step. Valid inside the call that gets it.</summary>
public readonly ref struct PatternMatch<TKey, T>
{
    private readonly ReadOnlySpan<MatchedRow<T>> _rows;
    private readonly ImmutableArray<PatternStep<T>> _steps;

    internal PatternMatch(TKey key, ReadOnlySpan<MatchedRow<T>> rows, ImmutableArray<PatternStep<T>> steps)
    {
        Key = key;
        _rows = rows;
        _steps = steps;
    }

    public TKey Key { get; }

    /// <summary>The row of a step; a step of absence has none.</summary>
    public T this[string step]
    {
        get
        {
            for (var i = 0; i < _rows.Length; i++)
                if (_steps[i].Name == step) return _rows[i].Row;
            throw new ArgumentException($"the pattern has no row of step '{step}'", nameof(step));
        }
    }
}
