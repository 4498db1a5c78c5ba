using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Processes;

namespace Leat.Streams;

/// <summary>A result of a window, read while the window's memory is alive: inside the call that gets it.</summary>
/// <typeparam name="TKey">Key of the stream.</typeparam>
public readonly struct WindowedRow<TKey>
{
    private readonly ImmutableArray<AggregateColumn> _columns;
    private readonly int _row;

    internal WindowedRow(TKey key, (long Start, long End) window, ImmutableArray<AggregateColumn> columns, int row) => (Key, Window, Time, _columns, _row) = (key, window, window.End - 1, columns, row);

    public TKey Key { get; }

    /// <summary>Start of the window, UTC.</summary>
    public DateTime Start => KeyedFunction<TKey, int>.TimeOf(Window.Start);

    /// <summary>End of the window, exclusive, UTC.</summary>
    public DateTime End => KeyedFunction<TKey, int>.TimeOf(Window.End);

    /// <summary>Ticks since 1970.</summary>
    internal (long Start, long End) Window { get; }

    /// <summary>Why the result comes out.</summary>
    public Firing Firing { get; private init; }

    /// <summary>There is no such result any more: a session has grown to an earlier start or met another. It has no values.</summary>
    public bool IsGone => _columns.IsDefault;

    /// <summary>Event time that the result gets, ticks since 1970.</summary>
    internal long Time { get; private init; }

    internal ImmutableArray<AggregateColumn> Columns => _columns;

    internal int Row => _row;

    /// <summary>Result of the aggregate at <paramref name="index"/>, counted from 0 in the order in which they were named.</summary>
    /// <exception cref="InvalidCastException">The result is of another type, or there is none and the type has no null.</exception>
    public TValue Get<TValue>(int index)
    {
        foreach (var column in _columns)
        {
            if (index < column.Width) return column.Read<TValue>(_row, index);
            index -= column.Width;
        }

        throw new ArgumentOutOfRangeException(nameof(index), "there are not so many results");
    }

    internal WindowedRow<TKey> As(Firing firing, long time) => this with { Firing = firing, Time = time };
}
