using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Time;

namespace Leat.Streams.Windows;

/// <summary>State of windows aligned to the clock: panes in shards by key, which workers merge into under the shard's lock. What a pane stands for is up to the kind of window.</summary>
internal abstract class PaneStore<TKey> : WindowStore<TKey>
{
    protected PaneStore(KeyShape<TKey> shape, WindowSettings settings, AggregateSet aggregates)
        : base(shape, aggregates.Fields, hasWindow: !settings.IsGlobal)
    {
        Settings = settings;
        Aggregates = aggregates;
        Shards = [new StoreShard<TKey>()];
    }

    public WindowSettings Settings { get; }

    public override long Lateness => Settings.Lateness;

    protected AggregateSet Aggregates { get; }

    public ImmutableArray<StoreShard<TKey>> Shards { get; private set; }

    public override void Open(int shards) => Shards = [.. Enumerable.Range(0, KeyShards.Count(shards)).Select(_ => new StoreShard<TKey>())];

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

    public override void Advance(long watermark, ResultSink<TKey>? emit, long? keep)
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

    public override void Restore(long watermark, long? keep)
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

    public override void Save(StateWriter writer, bool whole, Action<WindowRow>? saved)
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

    public override void Load(StateReader reader)
    {
        for (var part = 0; part < Parts; part++)
        {
            for (var rows = reader.Number(); rows > 0; rows = reader.Number()) LoadPane(reader, part, rows);
        }
    }

    public int ShardOf(int hash) => KeyShards.Of(hash, Shards.Length);

    public override SortedDictionary<long, List<ImmutableArray<object?>>> Read(string? key, long from, long toExcl, int limit)
    {
        var found = NewestFirst();
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

    public override IChangeListener Listen()
    {
        var listener = new ShardListener<(Pane<TKey>, int)>(Shards.Length);
        for (var i = 0; i < Shards.Length; i++)
            lock (Shards[i].Gate) Shards[i].Listeners.Add(listener.Changes[i]);
        return listener;
    }

    public override void Forget(IChangeListener listener)
    {
        for (var i = 0; i < Shards.Length; i++)
            lock (Shards[i].Gate) Shards[i].Listeners.Remove(((ShardListener<(Pane<TKey>, int)>)listener).Changes[i]);
    }

    public override void TakeChanges(IChangeListener listener, ResultSink<TKey> to)
    {
        for (var i = 0; i < Shards.Length; i++)
        {
            var changed = ((ShardListener<(Pane<TKey>, int)>)listener).Changes[i];
            lock (Shards[i].Gate)
            {
                Expand(Shards[i], changed, to);
                to.Pass();
                changed.Clear();
            }
        }
    }

    public override bool HasEnds(long from, long to) => !Settings.IsGlobal && to > long.MinValue && (from == long.MinValue || Settings.EndsUpTo(from) != Settings.EndsUpTo(to));

    public override bool HasFinals(long from, long to) => HasEnds(Watermarks.Minus(from, Lateness), Watermarks.Minus(to, Lateness));

    public override void EmitEnded(long from, long to, ResultSink<TKey> sink)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                EmitEnded(shard, from, to, sink);
                sink.Pass();
            }
        }
    }

    public override StateSize Measure()
    {
        var size = default(StateSize);
        foreach (var shard in Shards)
        {
            lock (shard.Gate) size = size.With(shard.Keys, shard.SizeBytes);
        }

        return size;
    }

    public override void Dispose()
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

    protected abstract void Advance(StoreShard<TKey> shard, long watermark, ResultSink<TKey>? emit, long? keep);

    protected abstract void Restore(StoreShard<TKey> shard, long watermark, long? keep);

    /// <summary>Result rows of the shard by window, newest first.</summary>
    protected abstract IEnumerable<(long Start, List<ImmutableArray<object?>> Rows)> Windows(StoreShard<TKey> shard, (TKey Key, int Hash)? key, long from, long toExcl);

    /// <summary>The result rows that rows of panes have a part in, as they are now.</summary>
    protected abstract void Expand(StoreShard<TKey> shard, IReadOnlyCollection<(Pane<TKey> Pane, int Row)> changed, ResultSink<TKey> to);

    protected abstract void EmitEnded(StoreShard<TKey> shard, long from, long to, ResultSink<TKey> sink);

    protected Pane<TKey> NewPane(long start) => new(start, Shape, Aggregates.Create);

    protected WindowRow Box(Pane<TKey> pane, int row) => Box(RowOf(pane, row));

    protected void EmitAll(Pane<TKey> pane, ResultSink<TKey> emit, Firing firing = Firing.Final)
    {
        for (var row = 0; row < pane.Table.Count; row++) emit.Emit(RowOf(pane, row).As(firing, pane.Start + Settings.Size - 1));
        emit.Pass();
    }

    protected WindowedRow<TKey> RowOf(Pane<TKey> pane, int row) => new(pane.Table.Key(row), (pane.Start, pane.Start + Settings.Size), pane.Columns, row);

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

        if (saved is not null) Expand(shard, changed, new BoxedResults<TKey>(this, saved));
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
