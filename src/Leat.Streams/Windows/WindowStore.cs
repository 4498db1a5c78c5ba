using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>State of one window operator, whatever the kind of its windows. Workers merge into it, the coordinator closes windows, views read.</summary>
internal abstract class WindowStore<TKey>
{
    /// <param name="shape">Of the key.</param>
    /// <param name="values">Columns of the aggregates.</param>
    /// <param name="hasWindow">Whether results tell their window.</param>
    protected WindowStore(KeyShape<TKey> shape, ImmutableArray<Field> values, bool hasWindow)
    {
        (Shape, HasWindow) = (shape, hasWindow);
        ImmutableArray<Field> window = hasWindow ? [new Field("window_start", DataType.Timestamp, false), new Field("window_end", DataType.Timestamp, false)] : [];
        Schema = new Schema([.. shape.Columns, .. window, .. values]);
    }

    public KeyShape<TKey> Shape { get; }

    public Schema Schema { get; }

    /// <summary>Whether results are by window; else there is one a key, without end.</summary>
    public bool HasWindow { get; }

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
    public abstract void TakeChanges(IChangeListener listener, ResultSink<TKey> to);

    /// <inheritdoc cref="TakeChanges(IChangeListener, ResultSink{TKey})"/>
    public List<WindowRow> TakeChanges(IChangeListener listener)
    {
        var rows = new List<WindowRow>();
        TakeChanges(listener, new BoxedResults<TKey>(this, rows.Add));
        return rows;
    }

    /// <summary>Before the run: <see cref="EmitEnded"/> will be asked for.</summary>
    public virtual void TrackEnds()
    {
    }

    /// <summary>Whether a window may end after <paramref name="from"/> and up to <paramref name="to"/>.</summary>
    public abstract bool HasEnds(long from, long to);

    /// <summary>Whether a window may become final by the watermark's rise from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public abstract bool HasFinals(long from, long to);

    /// <summary>All results of the windows that end after <paramref name="from"/> and up to <paramref name="to"/>, as on-time ones. Before they are closed.</summary>
    public abstract void EmitEnded(long from, long to, ResultSink<TKey> sink);

    /// <summary>Pairs of key and window that are kept, and their memory. Takes each shard's lock for a moment.</summary>
    public abstract StateSize Measure();

    public abstract void Dispose();

    public static DateTime TimeOf(long ticks) => new(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);

    protected static SortedDictionary<long, List<ImmutableArray<object?>>> NewestFirst() => new(Comparer<long>.Create((a, b) => b.CompareTo(a)));

    /// <summary>A result with boxed values, in the order of <see cref="Schema"/>; of one that is gone without the aggregates.</summary>
    public WindowRow Box(in WindowedRow<TKey> row)
    {
        var values = new object?[Schema.Count];
        var keys = Shape.Box(row.Key);
        keys.CopyTo(values, 0);
        var at = keys.Length;
        if (HasWindow) (values[at++], values[at++]) = (TimeOf(row.Window.Start), TimeOf(row.Window.End));
        foreach (var column in row.IsGone ? [] : row.Columns)
        {
            column.Read(row.Row, values.AsSpan(at, column.Width));
            at += column.Width;
        }

        return new WindowRow(row.Window.Start, ImmutableCollectionsMarshal.AsImmutableArray(values)) { IsGone = row.IsGone };
    }

    /// <summary>A result that is no more.</summary>
    protected static WindowedRow<TKey> Gone(TKey key, long start) => new(key, (start, start), default, 0);
}
