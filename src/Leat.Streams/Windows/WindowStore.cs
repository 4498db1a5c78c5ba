using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>State of one window operator, split by key into shards that workers merge into under the shard's lock. What the panes of a shard stand for is up to the kind of window.</summary>
internal abstract class WindowStore<TKey>
{
    private readonly Func<TextArena, ImmutableArray<AggregateColumn>> _columns;

    protected WindowStore(KeyShape<TKey> shape, WindowSettings settings, ImmutableArray<Field> values, Func<TextArena, ImmutableArray<AggregateColumn>> columns)
    {
        Shape = shape;
        Settings = settings;
        _columns = columns;
        Schema = new Schema([.. shape.Columns, new Field("window_start", DataType.Timestamp, false), new Field("window_end", DataType.Timestamp, false), .. values]);
        Shards = [new StoreShard<TKey>()];
    }

    public KeyShape<TKey> Shape { get; }

    public WindowSettings Settings { get; }

    public Schema Schema { get; }

    public ImmutableArray<StoreShard<TKey>> Shards { get; private set; }

    public void Open(int shards) => Shards = [.. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)shards)).Select(_ => new StoreShard<TKey>())];

    /// <summary>Adds a worker's local rows to the panes.</summary>
    public void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns)
    {
        for (var index = 0; index < Shards.Length; index++)
        {
            var shard = Shards[index];
            lock (shard.Gate)
            {
                Pane<TKey>? pane = null;
                for (var row = 0; row < local.Count; row++)
                {
                    if (ShardOf(local.Hash(row)) != index) continue;
                    if (pane is null || pane.Start != local.Window(row)) pane = PaneOf(shard, local.Window(row));
                    var to = pane.Add(local.Key(row), local.Hash(row), columns, row);
                    pane.MarkChanged(to);
                    shard.Notify(pane, to);
                }
            }
        }
    }

    /// <summary>Closes what is final at the watermark; <paramref name="emit"/> sees each row once.</summary>
    /// <param name="watermark">Of the job, ticks since 1970.</param>
    /// <param name="emit">Takes final rows; null = nobody does.</param>
    /// <param name="keep">How long after its end a window stays readable; null = nobody reads.</param>
    public void Advance(long watermark, Action<WindowRow>? emit, long? keep)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                Advance(shard, watermark, emit, keep);
                shard.FinalUpTo = Math.Max(shard.FinalUpTo, watermark);
            }
        }
    }

    /// <summary>After loading: closes and drops as at the saved watermark. Everything final then was emitted before it was saved.</summary>
    public void Restore(long watermark, long? keep)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                Restore(shard, watermark, keep);
                shard.FinalUpTo = Math.Max(shard.FinalUpTo, watermark);
            }
        }
    }

    /// <summary>Writes changed rows, or all, and forgets the changes; <paramref name="saved"/> sees each result row that changed.</summary>
    public void Save(StateWriter writer, bool whole, Action<WindowRow>? saved)
    {
        for (var part = 0; part < Parts; part++)
        {
            foreach (var shard in Shards)
            {
                lock (shard.Gate) Save(shard, part, (writer, whole), saved);
            }

            writer.Number(0);
        }
    }

    /// <summary>Loads what <see cref="Save(StateWriter, bool, Action{WindowRow})"/> wrote on top of what is there.</summary>
    public void Load(StateReader reader)
    {
        for (var part = 0; part < Parts; part++)
        {
            for (var rows = reader.Number(); rows > 0; rows = reader.Number()) LoadPane(reader, part, rows);
        }
    }

    public int ShardOf(int hash) => (hash >>> 16) & (Shards.Length - 1);

    /// <summary>Result rows by window, newest first; of each shard at least <paramref name="limit"/> where there are so many.</summary>
    /// <param name="key">Text of the one key wanted; null = all.</param>
    /// <param name="from">First window start.</param>
    /// <param name="toExcl">End of window starts.</param>
    /// <param name="limit">Rows.</param>
    public SortedDictionary<long, List<ImmutableArray<object?>>> Read(string? key, long from, long toExcl, int limit)
    {
        var found = new SortedDictionary<long, List<ImmutableArray<object?>>>(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        using var arena = new TextArena();
        var wanted = default(TKey);
        if (key is not null && !Shape.TryParse(key, arena, out wanted)) return found;
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                var count = 0;
                foreach (var window in Windows(shard, key is null ? null : (wanted!, KeyHash.Of(wanted!)), from, toExcl))
                {
                    if (count >= limit) break;
                    if (!found.TryGetValue(window.Start, out var rows)) found.Add(window.Start, rows = []);
                    rows.AddRange(window.Rows);
                    count += window.Rows.Count;
                }
            }
        }

        return found;
    }

    /// <summary>A set a shard, filled with rows that change from now on.</summary>
    public List<HashSet<(Pane<TKey> Pane, int Row)>> Listen()
    {
        var listeners = new List<HashSet<(Pane<TKey>, int)>>();
        foreach (var shard in Shards)
        {
            var listener = new HashSet<(Pane<TKey>, int)>();
            lock (shard.Gate) shard.Listeners.Add(listener);
            listeners.Add(listener);
        }

        return listeners;
    }

    public void Forget(List<HashSet<(Pane<TKey> Pane, int Row)>> listeners)
    {
        for (var i = 0; i < listeners.Count && i < Shards.Length; i++)
            lock (Shards[i].Gate) Shards[i].Listeners.Remove(listeners[i]);
    }

    /// <summary>Result rows that changed since the last call.</summary>
    public ImmutableArray<ImmutableArray<object?>> TakeChanges(List<HashSet<(Pane<TKey> Pane, int Row)>> listeners)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        for (var i = 0; i < listeners.Count && i < Shards.Length; i++)
        {
            lock (Shards[i].Gate)
            {
                Expand(Shards[i], listeners[i], row => rows.Add(row.Values));
                listeners[i].Clear();
            }
        }

        return rows.ToImmutable();
    }

    public static DateTime TimeOf(long ticks) => new(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);

    public void Dispose()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Clear();
        }
    }

    /// <summary>How many kinds of panes are saved.</summary>
    protected virtual int Parts => 1;

    /// <summary>The panes of one kind.</summary>
    protected virtual SortedDictionary<long, Pane<TKey>> PanesOf(StoreShard<TKey> shard, int part) => shard.Panes;

    /// <summary>The pane that rows of the group go to.</summary>
    protected abstract Pane<TKey> PaneOf(StoreShard<TKey> shard, long id);

    protected abstract void Advance(StoreShard<TKey> shard, long watermark, Action<WindowRow>? emit, long? keep);

    protected abstract void Restore(StoreShard<TKey> shard, long watermark, long? keep);

    /// <summary>Result rows of the shard by window, newest first.</summary>
    protected abstract IEnumerable<(long Start, List<ImmutableArray<object?>> Rows)> Windows(StoreShard<TKey> shard, (TKey Key, int Hash)? key, long from, long toExcl);

    /// <summary>The result rows that rows of panes have a part in, as they are now.</summary>
    protected abstract void Expand(StoreShard<TKey> shard, IReadOnlyCollection<(Pane<TKey> Pane, int Row)> changed, Action<WindowRow> row);

    protected Pane<TKey> NewPane(long start) => new(start, Shape, _columns);

    protected WindowRow Box(Pane<TKey> pane, int row)
    {
        var values = new object?[Schema.Count];
        var key = Shape.Box(pane.Table.Key(row));
        key.CopyTo(values, 0);
        var at = key.Length;
        values[at++] = TimeOf(pane.Start);
        values[at++] = TimeOf(pane.Start + Settings.Size);
        foreach (var column in pane.Columns) values[at++] = column.Read(row);
        return new WindowRow(pane.Start, ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    /// <summary>All rows of a pane that holds results, or the one of the key.</summary>
    protected List<ImmutableArray<object?>> BoxAll(Pane<TKey> pane, (TKey Key, int Hash)? key)
    {
        if (key is { } one) return pane.Table.Find(one.Key, one.Hash, pane.Start) is >= 0 and var row ? [Box(pane, row).Values] : [];
        var rows = new List<ImmutableArray<object?>>(pane.Table.Count);
        for (var i = 0; i < pane.Table.Count; i++) rows.Add(Box(pane, i).Values);
        return rows;
    }

    private void Save(StoreShard<TKey> shard, int part, (StateWriter Writer, bool Whole) to, Action<WindowRow>? saved)
    {
        var changed = new List<(Pane<TKey>, int)>();
        foreach (var pane in PanesOf(shard, part).Values)
        {
            SavePane(pane, to.Writer, to.Whole);
            if (saved is not null) changed.AddRange(pane.Changed.Select(row => (pane, row)));
            pane.ForgetChanges();
        }

        if (saved is not null) Expand(shard, changed, saved);
    }

    private void SavePane(Pane<TKey> pane, StateWriter writer, bool whole)
    {
        var rows = whole ? pane.Table.Count : pane.Changed.Count;
        if (rows == 0) return;
        writer.Number(rows);
        writer.Number(pane.Start);
        for (var i = 0; i < rows; i++)
        {
            var row = whole ? i : pane.Changed[i];
            Shape.Write(pane.Table.Key(row), writer);
            foreach (var column in pane.Columns) column.Write(row, writer, whole);
        }
    }

    private void LoadPane(StateReader reader, int part, long rows)
    {
        var start = reader.Number();
        using var arena = new TextArena();
        for (; rows > 0; rows--)
        {
            var key = Shape.Read(reader, arena);
            var hash = KeyHash.Of(key);
            var panes = PanesOf(Shards[ShardOf(hash)], part);
            if (!panes.TryGetValue(start, out var pane)) panes.Add(start, pane = NewPane(start));
            var row = pane.FindOrAdd(key, hash);
            foreach (var column in pane.Columns) column.Load(row, reader);
        }
    }
}
