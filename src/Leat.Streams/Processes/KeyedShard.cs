using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.State;
using Leat.Streams.State.Spill;

namespace Leat.Streams.Processes;

/// <summary>One part of the keys of a keyed operator: its function with state and timers. All under <see cref="Gate"/>.</summary>
internal sealed class KeyedShard<TKey, TOut> : IDisposable
{
    private const int TimersAPass = 1024;
    private readonly KeyRows<TKey> _rows;
    private readonly KeyCursor _cursor = new();
    private readonly TimeProvider _clock;
    private RowSpill<TKey>? _spill;
    private KeyedOutput<TOut>? _output;
    private bool _isLate;

    public KeyedShard(KeyShape<TKey> shape, KeyedFunction<TKey, TOut> function, TimeProvider clock, long? timeToLive)
    {
        (Function, _clock) = (function, clock);
        _rows = new KeyRows<TKey>(shape, function.States, timeToLive);
        Capture = new RowCapture<TKey>(_rows);
        foreach (var state in function.States) state.Attach(_cursor);
        function.Attach(this);
    }

    public Lock Gate { get; } = new();

    public KeyedFunction<TKey, TOut> Function { get; }

    /// <summary>What checkpoints write.</summary>
    public RowCapture<TKey> Capture { get; }

    public TimerQueue EventTimers => _rows.EventTimers;

    public TimerQueue ClockTimers => _rows.ClockTimers;

    public int Row => _cursor.Row;

    public TKey Key => _rows.Key(_cursor.Row);

    /// <summary>Of the row or timer, ticks since 1970.</summary>
    public long Time { get; private set; }

    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Keys in memory.</summary>
    public int Keys => _rows.Count;

    public long SizeBytes => _rows.SizeBytes + (_spill?.Keys.SizeBytes ?? 0);

    /// <summary>State on disk, in bytes.</summary>
    public long SpilledBytes => _spill?.Length ?? 0;

    public long Now() => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Before the first row: state that is over the budget goes to the folder.</summary>
    public void UseDisk(StateBudget budget, SpillFolder folder)
    {
        _spill = new RowSpill<TKey>(_rows, Capture, budget, folder);
        Capture.Spilled = _spill.Keys;
    }

    /// <summary>Rows and timers from now on emit there.</summary>
    public void Use(KeyedOutput<TOut> output) => _output = output;

    /// <summary>The function sees the key and its state until <see cref="End"/>.</summary>
    public void Begin(TKey key, int hash, long time, long watermark)
    {
        var row = _rows.Find(key, hash);
        if (row < 0) row = Add(key, hash);
        else Capture.Keep(row);
        _rows.Changes.Touch(row);
        (_cursor.Row, Time, Watermark, _isLate) = (row, time, watermark, false);
    }

    /// <summary>Notes the change, and forgets the key when nothing of it is left.</summary>
    /// <returns>Whether the function found the row too late.</returns>
    public bool End()
    {
        var row = _cursor.Row;
        _rows.Touch(row, Time);
        Settle(row);
        return _isLate;
    }

    public void Emit(TOut row, long time) => _output!.Emit(row, time);

    public void Late() => _isLate = true;

    /// <summary>Code threw for the present key, and there is no record to blame.</summary>
    public void Fault(string operation, Exception error) => _output!.Context.TimerFault(operation, KeyShape<TKey>.Show(_rows.Shape.Box(Key)), KeyedFunction<TKey, TOut>.TimeOf(Time), error);

    /// <summary>Timers up to the watermark, and keys that were not touched for their time to live.</summary>
    public void FireEventTimers(long watermark)
    {
        var fired = 0;
        while (true)
        {
            if (_spill is { } spill && spill.EventWakes.Earliest <= Math.Min(watermark, EventTimers.Earliest)) WakeEarliest(spill, watermark);
            else if (EventTimers.Earliest <= watermark) FireEarliest(EventTimers, watermark);
            else break;
            GiveWay(++fired, watermark);
        }

        while (_rows.Expiries.Earliest <= watermark)
        {
            Capture.Keep(_rows.Expiries.EarliestRow);
            Expire(_rows.Expiries.Pop().Row, watermark);
        }
    }

    public void FireClockTimers(long now, long watermark)
    {
        var fired = 0;
        while (true)
        {
            if (_spill is { } spill && spill.ClockWakes.Earliest <= Math.Min(now, ClockTimers.Earliest)) spill.Wake(spill.ClockWakes, _ => { });
            else if (ClockTimers.Earliest <= now) FireEarliest(ClockTimers, watermark);
            else break;
            GiveWay(++fired, watermark);
        }
    }

    /// <summary>Frees what dropped values took, and moves rows to disk when the state is over its budget. Only when nothing emitted is on its way: it may point there.</summary>
    public void Compact()
    {
        _rows.Compact();
        _spill?.GiveWay(Watermark);
    }

    /// <summary>A key as <see cref="Capture"/> wrote it; what it had before is dropped.</summary>
    public void Load(TKey key, int hash, StateReader reader, IReadOnlyList<SavedState> saved)
    {
        Forget(key, hash);
        _rows.Load(_rows.FindOrAdd(key, hash), reader, saved);
        _spill?.Keys.Revive(key);
    }

    public void Forget(TKey key, int hash)
    {
        var row = _rows.Find(key, hash);
        if (row >= 0) _rows.Remove(row);
        _spill?.Keys.Remove(key, hash);
    }

    public void Dispose()
    {
        Capture.Dispose();
        _spill?.Dispose();
        _rows.Dispose();
    }

    private int Add(TKey key, int hash)
    {
        var row = _rows.FindOrAdd(key, hash);
        _spill?.BringBack(key, hash, row);
        return row;
    }

    private void GiveWay(int fired, long watermark)
    {
        if (_spill is null || fired % TimersAPass != 0) return;
        _output!.Pass();
        _rows.Compact();
        _spill.GiveWay(watermark);
    }

    /// <summary>What a timer of the clock emits is not late.</summary>
    private void FireEarliest(TimerQueue timers, long watermark)
    {
        Capture.Keep(timers.EarliestRow);
        var (row, time) = timers.Pop();
        var isClock = timers == ClockTimers;
        (_cursor.Row, Time, Watermark) = (row, Math.Max(time, isClock ? watermark : time), watermark);
        try
        {
            if (isClock) Function.OnProcessingTimer(KeyedFunction<TKey, TOut>.TimeOf(time));
            else Function.OnTimer(KeyedFunction<TKey, TOut>.TimeOf(time));
        }
        catch (Exception error) when (error is not OperationCanceledException && !StreamErrors.IsOverflow(error))
        {
            Fault(Function.GetType().Name, error);
        }

        Settle(row);
    }

    private void Settle(int row)
    {
        if (_rows.IsEmpty(row)) Remove(row);
        else _rows.Changes.Mark(row);
    }

    private void WakeEarliest(RowSpill<TKey> spill, long watermark) => spill.Wake(spill.EventWakes, row => ExpireAtOnce(row, watermark));

    /// <summary>A row that came back from disk to die does not wait until all timers have fired.</summary>
    private void ExpireAtOnce(int row, long watermark)
    {
        if (_rows.EndOf(row) <= watermark && EventTimers.EarliestOf(row) > watermark) Remove(row);
    }

    private void Expire(int row, long watermark)
    {
        if (_rows.EndOf(row) is var end && end > watermark) _rows.Expiries.Set(row, end);
        else Remove(row);
    }

    private void Remove(int row)
    {
        var key = _rows.Key(row);
        Capture.Removed(key);
        _spill?.Keys.Remove(key, _rows.Hash(row));
        _rows.Remove(row);
    }
}
