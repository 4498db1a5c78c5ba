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
    private readonly CommittedRows _committed = new(store.HasWindow ? store.Shape.Columns.Length + 1 : CommittedRows.NoWindow);
    private readonly Lock _subscriptionGate = new();
    private readonly List<ViewSubscription> _subscriptions = [];
    private readonly RowOrder _order = new(store.Shape.Columns.Length);
    private List<ViewChange> _prepared = [];
    private List<ViewChange> _inFlight = [];
    private long _keepTicks;
    private long _watermark = long.MinValue;
    private long _committedWatermark = long.MinValue;
    private double? _latencyMs;
    private long _checkpointId;

    public string Name => name;

    public Schema Schema => store.Schema;

    public int KeyColumns => store.Shape.Columns.Length;

    public bool IsWindowed => store.HasWindow;

    public long CheckpointId => Volatile.Read(ref _checkpointId);

    public ViewAnswer Query(ViewQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var from = query.From is { } first ? TicksOf(first) : long.MinValue;
        var toExcl = query.ToExcl is { } last ? TicksOf(last) : long.MaxValue;
        IEnumerable<List<ImmutableArray<object?>>> windows = query.Consistency == ViewConsistency.Committed ? _committed.Read(query.Key, from, toExcl) : store.Read(query.Key, from, toExcl, limit).Values;
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
        IEnumerable<List<ImmutableArray<object?>>> windows = consistency == ViewConsistency.Committed ? _committed.Read(null, long.MinValue, long.MaxValue) : store.Read(null, long.MinValue, long.MaxValue, int.MaxValue).Values;
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
        var listener = Listen(consistency, subscription);
        try
        {
            for (long sequence = 0; ;)
            {
                await Task.Delay(interval, ct).ConfigureAwait(false);
                var changes = listener is null ? [.. subscription.Take().Select(c => new WindowRow(c.Window, c.Row) { IsGone = c.IsGone })] : store.TakeChanges(listener);
                if (changes.Count > 0) yield return Frame(++sequence, consistency, changes);
            }
        }
        finally
        {
            Forget(subscription, listener);
        }
    }

    /// <summary>Called under the shard's lock for each row that a checkpoint saves.</summary>
    public void Prepare(WindowRow row) => _prepared.Add(new ViewChange(row.Start, KeyShape<TKey>.Show([.. row.Values.Take(KeyColumns)]), row.Values, row.IsGone));

    /// <summary>How long windows stay; ticks.</summary>
    public void Keep(long ticks) => _keepTicks = ticks;

    /// <summary>What was prepared is committed: readers see it and subscribers get it.</summary>
    public void Commit(long checkpointId, long watermark)
    {
        (_inFlight, _prepared) = (_prepared, []);
        // By the checkpoint's watermark: the job may be further already.
        _committed.Apply(_inFlight, watermark > long.MinValue / 2 ? watermark - Math.Max(_keepTicks, store.Lateness) : long.MinValue);
        _committedWatermark = watermark;
        Volatile.Write(ref _checkpointId, checkpointId);
        lock (_subscriptionGate)
            foreach (var subscription in _subscriptions) subscription.Add(_inFlight);
        _inFlight = [];
    }

    /// <summary>After loading: all rows of the store are the committed ones.</summary>
    public void Restore(long checkpointId, long watermark)
    {
        foreach (var (start, rows) in store.Read(null, long.MinValue, long.MaxValue, int.MaxValue))
            foreach (var row in rows) Prepare(new WindowRow(start, row));
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

    private ViewFrame Frame(long sequence, ViewConsistency consistency, List<WindowRow> changes) =>
        new(sequence, consistency, CheckpointId, AsOf(consistency), _latencyMs, [.. changes.Where(c => !c.IsGone).Select(c => c.Values)])
        {
            Removed = [.. changes.Where(c => c.IsGone).Select(c => c.Values[..(KeyColumns + (IsWindowed ? 1 : 0))])],
        };

    /// <summary>Null for the committed side, where the subscription itself is told.</summary>
    private IChangeListener? Listen(ViewConsistency consistency, ViewSubscription subscription)
    {
        if (consistency != ViewConsistency.Committed) return store.Listen();
        lock (_subscriptionGate) _subscriptions.Add(subscription);
        return null;
    }

    private void Forget(ViewSubscription subscription, IChangeListener? listener)
    {
        lock (_subscriptionGate) _subscriptions.Remove(subscription);
        if (listener is not null) store.Forget(listener);
    }
}
