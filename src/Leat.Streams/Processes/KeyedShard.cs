using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams.Processes;

/// <summary>One part of the keys of a keyed operator: its function with state and timers. All under <see cref="Gate"/>.</summary>
internal sealed class KeyedShard<TKey, TOut> : IDisposable
{
    private const int PieceBytes = 64 * 1024;
    private readonly KeyShape<TKey> _shape;
    private readonly KeyTable<TKey> _keys;
    private readonly KeyCursor _cursor = new();
    private readonly TimeProvider _clock;
    private readonly long? _timeToLive;
    private readonly TimerQueue _expiries = new();
    private readonly ChangeMarks _changes = new();
    private readonly StateWriter _scratch = new();
    private readonly StateWriter _early = new();
    private readonly Pages<long> _touched = new();
    private RemovedKeys<TKey> _removed;
    private RemovedKeys<TKey> _captured;
    private int _scanned;
    private int _room;
    private KeyedOutput<TOut>? _output;
    private bool _isLate;

    public KeyedShard(KeyShape<TKey> shape, KeyedFunction<TKey, TOut> function, TimeProvider clock, long? timeToLive)
    {
        (_shape, Function, _clock, _timeToLive) = (shape, function, clock, timeToLive);
        _keys = new KeyTable<TKey>(shape.Copy);
        (_removed, _captured) = (new RemovedKeys<TKey>(shape.Copy), new RemovedKeys<TKey>(shape.Copy));
        foreach (var state in function.States) state.Attach(_cursor);
        Reserve();
        function.Attach(this);
    }

    public Lock Gate { get; } = new();

    /// <summary>Keys written at once while the gate is held.</summary>
    public int PieceRows { get; set; } = 512;

    public KeyedFunction<TKey, TOut> Function { get; }

    public TimerQueue EventTimers { get; } = new();

    public TimerQueue ClockTimers { get; } = new();

    public int Row => _cursor.Row;

    public TKey Key => _keys.Key(_cursor.Row);

    /// <summary>Of the row or timer, ticks since 1970.</summary>
    public long Time { get; private set; }

    public long Watermark { get; private set; }

    public int Keys => _keys.Count;

    public long SizeBytes => _keys.SizeBytes + EventTimers.SizeBytes + ClockTimers.SizeBytes + _expiries.SizeBytes + _changes.SizeBytes + _touched.SizeBytes + Function.States.Sum(s => s.SizeBytes);

    public long Now() => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Rows and timers from now on emit there.</summary>
    public void Use(KeyedOutput<TOut> output) => _output = output;

    /// <summary>The function sees the key and its state until <see cref="End"/>.</summary>
    public void Begin(TKey key, int hash, long time, long watermark)
    {
        var row = _keys.FindOrAdd(key, hash);
        if (row >= _room) Reserve();
        else if (_changes.IsCaptured(row)) WriteEarly(row);
        (_cursor.Row, Time, Watermark, _isLate) = (row, time, watermark, false);
    }

    /// <summary>Notes the change, and forgets the key when nothing of it is left.</summary>
    /// <returns>Whether the function found the row too late.</returns>
    public bool End()
    {
        var row = _cursor.Row;
        if (_timeToLive is { } life) Touch(row, life);
        if (IsEmpty(row)) Remove(row);
        else _changes.Mark(row);
        return _isLate;
    }

    public void Emit(TOut row, long time) => _output!.Emit(row, time);

    public void Late() => _isLate = true;

    /// <summary>Timers up to the watermark, and keys that were not touched for their time to live.</summary>
    public void FireEventTimers(long watermark)
    {
        while (EventTimers.Earliest <= watermark)
        {
            KeepCaptured(EventTimers.EarliestRow);
            var (row, time) = EventTimers.Pop();
            Fire(row, time, watermark, false);
        }

        while (_expiries.Earliest <= watermark)
        {
            KeepCaptured(_expiries.EarliestRow);
            Expire(_expiries.Pop().Row, watermark);
        }
    }

    public void FireClockTimers(long now, long watermark)
    {
        while (ClockTimers.Earliest <= now)
        {
            KeepCaptured(ClockTimers.EarliestRow);
            var (row, time) = ClockTimers.Pop();
            Fire(row, time, watermark, true);
        }
    }

    /// <summary>Frees what dropped values took. Only when nothing emitted is on its way: it may point there.</summary>
    public void Compact()
    {
        _keys.Compact();
        foreach (var state in Function.States) state.Compact();
    }

    /// <summary>While no worker runs: what changed since the last capture, or all, has to be written as it is now.</summary>
    public void Capture(bool whole)
    {
        if (whole)
        {
            for (var row = 0; row < _keys.Top; row++)
                if (!IsEmpty(row)) _changes.Mark(row);
            _removed.Clear();
        }

        _changes.Capture();
        _captured.Clear();
        (_removed, _captured) = (_captured, _removed);
    }

    /// <summary>Writes a piece of what was captured: keys that are gone, then, when all those are written, keys that changed, each with all of its state.</summary>
    /// <returns>False: this was the last piece.</returns>
    public bool WriteCaptured(StateWriter writer)
    {
        var gone = Math.Min(_captured.Left, PieceRows);
        writer.Number(gone);
        for (; gone > 0; gone--) _shape.Write(_captured.Next(), writer);
        if (!_captured.HasNext) WriteRows(writer);
        writer.Boolean(false);
        return _captured.HasNext || _changes.Captured > 0;
    }

    /// <summary>Begins a pass over all keys, for a new state file.</summary>
    public void BeginScan() => _scanned = 0;

    /// <summary>Writes the next keys of the pass, those apart that changed since the last capture: the next capture has them.</summary>
    /// <returns>False: this was the last piece.</returns>
    public bool Scan(StateWriter writer)
    {
        writer.Number(0);
        var end = Math.Min(_keys.Top, _scanned + PieceRows);
        for (; _scanned < end; _scanned++)
            if (_changes.IsClean(_scanned) && !IsEmpty(_scanned)) WriteRow(_scanned, writer);
        writer.Boolean(false);
        return _scanned < _keys.Top;
    }

    /// <summary>A key as <see cref="WriteCaptured"/> wrote it; what it had before is dropped.</summary>
    public void Load(TKey key, int hash, StateReader reader, IReadOnlyList<SavedState> saved)
    {
        Forget(key, hash);
        Begin(key, hash, 0, long.MinValue);
        var row = _cursor.Row;
        foreach (var state in saved) state.Load(row, new StateReader(reader.Slice()), Function.States);
        for (var left = reader.Number(); left > 0; left--) EventTimers.Set(row, reader.Number());
        for (var left = reader.Number(); left > 0; left--) ClockTimers.Set(row, reader.Number());
        var touched = reader.Boolean() ? reader.Number() : 0;
        if (_timeToLive is not { } life) return;
        _touched[row] = touched;
        _expiries.Set(row, touched + life);
    }

    public void Forget(TKey key, int hash)
    {
        var row = _keys.Find(key, hash);
        if (row >= 0) Remove(row);
    }

    public void ForgetChanges()
    {
        _changes.Forget();
        _removed.Clear();
        _captured.Clear();
    }

    public void Dispose()
    {
        _keys.Dispose();
        _removed.Dispose();
        _captured.Dispose();
        foreach (var state in Function.States) state.Free();
    }

    private void WriteRows(StateWriter writer)
    {
        writer.Raw(_early.Written.Span);
        _early.Clear();
        for (var left = PieceRows; left > 0 && writer.Length < PieceBytes && _changes.TryTake(out var row); left--) WriteRow(row, writer);
    }

    private void KeepCaptured(int row)
    {
        if (_changes.IsCaptured(row)) WriteEarly(row);
    }

    /// <summary>The row is about to change, and a capture wants it as it is.</summary>
    private void WriteEarly(int row)
    {
        WriteRow(row, _early);
        _changes.Clear(row);
    }

    private void WriteRow(int row, StateWriter writer)
    {
        writer.Boolean(true);
        SaveKey(row, writer);
    }

    private void SaveKey(int row, StateWriter writer)
    {
        _shape.Write(_keys.Key(row), writer);
        foreach (var state in Function.States)
        {
            _scratch.Clear();
            state.Write(row, _scratch);
            writer.Bytes(_scratch.Written.Span);
        }

        EventTimers.Write(row, writer);
        ClockTimers.Write(row, writer);
        writer.Boolean(_timeToLive is not null);
        if (_timeToLive is not null) writer.Number(_touched[row]);
    }

    /// <summary>What a timer of the clock emits is not late.</summary>
    private void Fire(int row, long time, long watermark, bool isClock)
    {
        (_cursor.Row, Time, Watermark) = (row, Math.Max(time, isClock ? watermark : time), watermark);
        try
        {
            if (isClock) Function.OnProcessingTimer(KeyedFunction<TKey, TOut>.TimeOf(time));
            else Function.OnTimer(KeyedFunction<TKey, TOut>.TimeOf(time));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _output!.Context.TimerFault(Function.GetType().Name, KeyShape<TKey>.Show(_shape.Box(_keys.Key(row))), KeyedFunction<TKey, TOut>.TimeOf(time), error);
        }

        if (IsEmpty(row)) Remove(row);
        else _changes.Mark(row);
    }

    private void Touch(int row, long life)
    {
        _touched[row] = _expiries.Has(row) ? Math.Max(_touched[row], Time) : Time;
        if (!_expiries.Has(row)) _expiries.Set(row, _touched[row] + life);
    }

    private void Expire(int row, long watermark)
    {
        if (_touched[row] + _timeToLive!.Value is var end && end > watermark) _expiries.Set(row, end);
        else Remove(row);
    }

    private bool IsEmpty(int row)
    {
        foreach (var state in Function.States)
            if (!state.IsEmpty(row)) return false;
        return !EventTimers.Has(row) && !ClockTimers.Has(row);
    }

    private void Remove(int row)
    {
        foreach (var state in Function.States) state.Clear(row);
        EventTimers.CancelAll(row);
        ClockTimers.CancelAll(row);
        _expiries.CancelAll(row);
        _changes.Clear(row);
        _removed.Add(_keys.Key(row));
        _keys.Remove(row);
    }

    private void Reserve()
    {
        _room = _keys.Capacity;
        _changes.Reserve(_room);
        if (_timeToLive is not null) _touched.Reserve(_room);
        foreach (var state in Function.States) state.Reserve(_room);
    }
}
