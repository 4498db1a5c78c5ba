using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>State of one window operator, whatever the kind of its windows. Workers merge into it, the coordinator closes windows, views read.</summary>
internal abstract class WindowStore<TKey>
{
    protected WindowStore(KeyShape<TKey> shape, ImmutableArray<Field> values)
    {
        Shape = shape;
        Schema = new Schema([.. shape.Columns, new Field("window_start", DataType.Timestamp, false), new Field("window_end", DataType.Timestamp, false), .. values]);
    }

    public KeyShape<TKey> Shape { get; }

    public Schema Schema { get; }

    /// <summary>How long after its end, in event time, a window still takes records; ticks.</summary>
    public abstract long Lateness { get; }

    /// <summary>Before the run: in how many parts the keys are split.</summary>
    public abstract void Open(int shards);

    /// <summary>Closes what is final at the watermark; <paramref name="emit"/> sees each row once.</summary>
    /// <param name="watermark">Of the job, ticks since 1970.</param>
    /// <param name="emit">Takes final rows; null = nobody does.</param>
    /// <param name="keep">How long after its end a window stays readable; null = nobody reads.</param>
    public abstract void Advance(long watermark, ResultSink<TKey>? emit, long? keep);

    /// <summary>After loading: closes and drops as at the saved watermark. Everything final then was emitted before it was saved.</summary>
    public abstract void Restore(long watermark, long? keep);

    /// <summary>Writes what changed, or all, and forgets the changes; <paramref name="saved"/> sees each result row that changed or is gone.</summary>
    public abstract void Save(StateWriter writer, bool whole, Action<WindowRow>? saved);

    /// <summary>Loads what <see cref="Save"/> wrote on top of what is there.</summary>
    public abstract void Load(StateReader reader);

    /// <summary>Result rows by window, newest first; of each shard at least <paramref name="limit"/> where there are so many.</summary>
    /// <param name="key">Text of the one key wanted; null = all.</param>
    /// <param name="from">First window start.</param>
    /// <param name="toExcl">End of window starts.</param>
    /// <param name="limit">Rows.</param>
    public abstract SortedDictionary<long, List<ImmutableArray<object?>>> Read(string? key, long from, long toExcl, int limit);

    /// <summary>Somebody who wants to hear of rows that change from now on.</summary>
    public abstract IChangeListener Listen();

    public abstract void Forget(IChangeListener listener);

    /// <summary>Result rows that changed or are gone since the last call.</summary>
    public abstract List<WindowRow> TakeChanges(IChangeListener listener);

    public abstract void Dispose();

    public static DateTime TimeOf(long ticks) => new(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);

    protected static SortedDictionary<long, List<ImmutableArray<object?>>> NewestFirst() => new(Comparer<long>.Create((a, b) => b.CompareTo(a)));

    /// <summary>A result with boxed values, in the order of <see cref="Schema"/>.</summary>
    public WindowRow Box(in WindowedRow<TKey> row) => Box(row.Key, row.Window, row.Columns, row.Row);

    /// <param name="key">Of the row.</param>
    /// <param name="window">Start and end, ticks since 1970.</param>
    /// <param name="columns">Where the values are; null = the row is gone and has none.</param>
    /// <param name="row">Row in the columns.</param>
    protected WindowRow Box(TKey key, (long Start, long End) window, ImmutableArray<AggregateColumn>? columns, int row)
    {
        var values = new object?[Schema.Count];
        var keys = Shape.Box(key);
        keys.CopyTo(values, 0);
        var at = keys.Length;
        values[at++] = TimeOf(window.Start);
        values[at++] = TimeOf(window.End);
        foreach (var column in columns ?? []) values[at++] = column.Read(row);
        return new WindowRow(window.Start, ImmutableCollectionsMarshal.AsImmutableArray(values)) { IsGone = columns is null };
    }
}
