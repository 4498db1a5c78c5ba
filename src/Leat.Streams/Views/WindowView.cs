using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Windows;

namespace Leat.Streams.Views;

/// <summary>A window's results as a view: fresh answers come from the store the workers merge into, committed ones from the rows of the last checkpoint.</summary>
internal sealed class WindowView<TKey>(string name, WindowStore<TKey> store) : IJobView
{
    private const int MaxLimit = 10_000;
    private readonly CommittedRows _committed = new();
    private readonly Lock _subscriptionGate = new();
    private readonly List<ViewSubscription> _subscriptions = [];
    private readonly RowOrder _order = new(store.Shape.Columns.Length);
    private List<(long Window, string Key, ImmutableArray<object?> Row)> _prepared = [];
    private List<(long Window, string Key, ImmutableArray<object?> Row)> _inFlight = [];
    private long _dropBefore = long.MinValue;
    private long _watermark = long.MinValue;
    private long _committedWatermark = long.MinValue;
    private double? _latencyMs;
    private long _checkpointId;

    public string Name => name;

    public Schema Schema => store.Schema;

    public int KeyColumns => store.Shape.Columns.Length;

    public bool IsWindowed => true;

    public long CheckpointId => Volatile.Read(ref _checkpointId);

    public ViewAnswer Query(ViewQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var from = query.From is { } first ? TicksOf(first) : long.MinValue;
        var toExcl = query.ToExcl is { } last ? TicksOf(last) : long.MaxValue;
        var windows = query.Consistency == ViewConsistency.Committed ? _committed.Read(query.Key, from, toExcl) : ReadFresh(query.Key, from, toExcl, limit);
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        foreach (var window in windows)
        {
            window.Sort(_order);
            rows.AddRange(window.Take(limit - rows.Count));
            if (rows.Count >= limit) break;
        }

        return new ViewAnswer(query.Consistency, CheckpointId, AsOf(query.Consistency), rows.ToImmutable());
    }

    public IEnumerable<Batch> Scan(ViewConsistency consistency)
    {
        using var builder = new BatchBuilder(Schema);
        var windows = consistency == ViewConsistency.Committed ? _committed.Read(null, long.MinValue, long.MaxValue) : ReadFresh(null, long.MinValue, long.MaxValue, int.MaxValue);
        foreach (var row in windows.SelectMany(w => w))
        {
            builder.AppendRow(row.AsSpan());
            if (builder.IsFull) yield return builder.Build();
        }

        if (builder.RowCount > 0) yield return builder.Build();
    }

    public async IAsyncEnumerable<ViewFrame> SubscribeAsync(ViewConsistency consistency, TimeSpan interval, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(1));
        var subscription = new ViewSubscription();
        var listeners = Listen(consistency, subscription);
        try
        {
            for (long sequence = 0; ;)
            {
                await Task.Delay(interval, ct).ConfigureAwait(false);
                var rows = consistency == ViewConsistency.Committed ? subscription.Take() : TakeFresh(listeners);
                if (!rows.IsEmpty) yield return new ViewFrame(++sequence, consistency, CheckpointId, AsOf(consistency), _latencyMs, rows);
            }
        }
        finally
        {
            Forget(subscription, listeners);
        }
    }

    /// <summary>Called under the shard's lock for each row that a checkpoint saves.</summary>
    public void Prepare(Pane<TKey> pane, int row)
    {
        var values = store.Box(pane, row);
        _prepared.Add((pane.Start, KeyShape<TKey>.Show([.. values.Take(KeyColumns)]), values));
    }

    public void Advance(long watermark, long keepTicks)
    {
        var before = watermark - store.Settings.Size - keepTicks;
        if (watermark > long.MinValue / 2) _dropBefore = Math.Min(before + 1, watermark - store.Settings.Size - store.Settings.Lateness + 1);
    }

    /// <summary>What was prepared is committed: readers see it and subscribers get it.</summary>
    public void Commit(long checkpointId, long watermark)
    {
        (_inFlight, _prepared) = (_prepared, []);
        _committed.Apply(_inFlight, _dropBefore);
        _committedWatermark = watermark;
        Volatile.Write(ref _checkpointId, checkpointId);
        lock (_subscriptionGate)
            foreach (var subscription in _subscriptions) subscription.Add(_inFlight);
        _inFlight = [];
    }

    /// <summary>After loading: all rows of the store are the committed ones.</summary>
    public void Restore(long checkpointId, long watermark)
    {
        foreach (var shard in store.Shards)
        {
            lock (shard.Gate)
            {
                foreach (var pane in shard.Panes.Values)
                    for (var row = 0; row < pane.Table.Count; row++) Prepare(pane, row);
            }
        }

        Commit(checkpointId, watermark);
        Report(watermark, null);
    }

    public void Report(long watermark, double? latencyMs)
    {
        Volatile.Write(ref _watermark, watermark);
        _latencyMs = latencyMs ?? _latencyMs;
    }

    private static long TicksOf(DateTime time) => time.Ticks - DateTime.UnixEpoch.Ticks;

    private DateTime? AsOf(ViewConsistency consistency)
    {
        var watermark = consistency == ViewConsistency.Committed ? _committedWatermark : Volatile.Read(ref _watermark);
        return watermark < -DateTime.UnixEpoch.Ticks || watermark > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? null : WindowStore<TKey>.TimeOf(watermark);
    }

    private List<List<ImmutableArray<object?>>> ReadFresh(string? key, long from, long toExcl, int limit)
    {
        var found = new SortedDictionary<long, List<ImmutableArray<object?>>>(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        using var arena = new TextArena();
        var wanted = default(TKey);
        if (key is not null && !store.Shape.TryParse(key, arena, out wanted)) return [];
        foreach (var shard in store.Shards)
        {
            lock (shard.Gate)
            {
                var count = 0;
                foreach (var (start, pane) in shard.Panes.Reverse())
                {
                    if (start >= toExcl) continue;
                    if (start < from || count >= limit) break;
                    if (!found.TryGetValue(start, out var rows)) found.Add(start, rows = []);
                    count += key is null ? AddAll(pane, rows) : AddOne(pane, wanted!, rows);
                }
            }
        }

        return [.. found.Values];
    }

    private int AddAll(Pane<TKey> pane, List<ImmutableArray<object?>> rows)
    {
        for (var row = 0; row < pane.Table.Count; row++) rows.Add(store.Box(pane, row));
        return pane.Table.Count;
    }

    private int AddOne(Pane<TKey> pane, TKey key, List<ImmutableArray<object?>> rows)
    {
        var row = pane.Table.Find(key, KeyHash.Of(key), pane.Start);
        if (row >= 0) rows.Add(store.Box(pane, row));
        return row >= 0 ? 1 : 0;
    }

    private List<HashSet<(Pane<TKey> Pane, int Row)>> Listen(ViewConsistency consistency, ViewSubscription subscription)
    {
        if (consistency == ViewConsistency.Committed)
        {
            lock (_subscriptionGate) _subscriptions.Add(subscription);
            return [];
        }

        var listeners = new List<HashSet<(Pane<TKey>, int)>>();
        foreach (var shard in store.Shards)
        {
            var listener = new HashSet<(Pane<TKey>, int)>();
            lock (shard.Gate) shard.Listeners.Add(listener);
            listeners.Add(listener);
        }

        return listeners;
    }

    private void Forget(ViewSubscription subscription, List<HashSet<(Pane<TKey> Pane, int Row)>> listeners)
    {
        lock (_subscriptionGate) _subscriptions.Remove(subscription);
        for (var i = 0; i < listeners.Count && i < store.Shards.Length; i++)
            lock (store.Shards[i].Gate) store.Shards[i].Listeners.Remove(listeners[i]);
    }

    private ImmutableArray<ImmutableArray<object?>> TakeFresh(List<HashSet<(Pane<TKey> Pane, int Row)>> listeners)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        for (var i = 0; i < listeners.Count && i < store.Shards.Length; i++)
        {
            lock (store.Shards[i].Gate)
            {
                foreach (var (pane, row) in listeners[i])
                    if (!pane.IsGone) rows.Add(store.Box(pane, row));
                listeners[i].Clear();
            }
        }

        return rows.ToImmutable();
    }
}
