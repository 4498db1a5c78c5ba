using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams.Processes;

/// <summary>One part of the keys of a keyed operator: its function with state and timers. All under <see cref="Gate"/>.</summary>
internal sealed class KeyedShard<TKey, TOut> : IDisposable
{
    private readonly KeyShape<TKey> _shape;
    private readonly KeyTable<TKey> _keys;
    private readonly KeyCursor _cursor = new();
    private readonly TimeProvider _clock;
    private readonly long? _timeToLive;
    private readonly TimerQueue _expiries = new();
    private readonly List<int> _changed = [];
    private readonly HashSet<TKey> _removed = [];
    private readonly RowTexts<TKey> _removedTexts;
    private readonly StateWriter _scratch = new();
    private readonly KeyState[] _states;
    private bool[] _isChanged = [];
    private long[] _touched = [];
    private KeyedOutput<TOut>? _output;
    private bool _isLate;

    public KeyedShard(KeyShape<TKey> shape, KeyedFunction<TKey, TOut> function, TimeProvider clock, long? timeToLive)
    {
        (_shape, Function, _clock, _timeToLive) = (shape, function, clock, timeToLive);
        _keys = new KeyTable<TKey>(shape.Copy);
        _removedTexts = new RowTexts<TKey>(shape.Copy);
        _states = [.. function.States];
        foreach (var state in _states) state.Attach(_cursor);
        Reserve();
        function.Attach(this);
    }

    public Lock Gate { get; } = new();

    public KeyedFunction<TKey, TOut> Function { get; }

    public TimerQueue EventTimers { get; } = new();

    public TimerQueue ClockTimers { get; } = new();

    public int Row => _cursor.Row;

    public TKey Key => _keys.Key(_cursor.Row);

    /// <summary>Of the row or timer, ticks since 1970.</summary>
    public long Time { get; private set; }

    public long Watermark { get; private set; }

    public int Keys => _keys.Count;

    public long SizeBytes => _keys.SizeBytes + EventTimers.SizeBytes + ClockTimers.SizeBytes + _expiries.SizeBytes + (_isChanged.LongLength * 9) + _states.Sum(s => s.SizeBytes);

    public long Now() => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Rows and timers from now on emit there.</summary>
    public void Use(KeyedOutput<TOut> output) => _output = output;

    /// <summary>The function sees the key and its state until <see cref="End"/>.</summary>
    public void Begin(TKey key, int hash, long time, long watermark)
    {
        var row = _keys.FindOrAdd(key, hash);
        if (_isChanged.Length < _keys.Capacity) Reserve();
        (_cursor.Row, Time, Watermark, _isLate) = (row, time, watermark, false);
    }

    /// <summary>Notes the change, and forgets the key when nothing of it is left.</summary>
    /// <returns>Whether the function found the row too late.</returns>
    public bool End()
    {
        var row = _cursor.Row;
        if (_timeToLive is { } life) Touch(row, life);
        if (IsEmpty(row)) Remove(row);
        else MarkChanged(row);
        return _isLate;
    }

    public void Emit(TOut row, long time) => _output!.Emit(row, time);

    public void Late() => _isLate = true;

    /// <summary>Code threw for the present key, and there is no record to blame.</summary>
    public void Fault(string operation, Exception error) => _output!.Context.TimerFault(operation, KeyShape<TKey>.Show(_shape.Box(Key)), KeyedFunction<TKey, TOut>.TimeOf(Time), error);

    /// <summary>Timers up to the watermark, and keys that were not touched for their time to live.</summary>
    public void FireEventTimers(long watermark)
    {
        while (EventTimers.Earliest <= watermark)
        {
            var (row, time) = EventTimers.Pop();
            Fire(row, time, watermark, false);
        }

        while (_expiries.Earliest <= watermark) Expire(_expiries.Pop().Row, watermark);
    }

    public void FireClockTimers(long now, long watermark)
    {
        while (ClockTimers.Earliest <= now)
        {
            var (row, time) = ClockTimers.Pop();
            Fire(row, time, watermark, true);
        }
    }

    /// <summary>Frees what dropped values took. Only when nothing emitted is on its way: it may point there.</summary>
    public void Compact()
    {
        _keys.Compact();
        foreach (var state in _states) state.Compact();
    }

    /// <summary>Keys that are gone, then keys that changed, each with all of its state; or all.</summary>
    public void Save(StateWriter writer, bool whole)
    {
        writer.Number(whole ? 0 : _removed.Count);
        if (!whole)
            foreach (var key in _removed) _shape.Write(key, writer);
        var rows = whole ? Enumerable.Range(0, _keys.Capacity).Where(r => !IsEmpty(r)) : _changed.Where(r => _isChanged[r]);
        foreach (var row in rows)
        {
            writer.Boolean(true);
            SaveKey(row, writer);
            _isChanged[row] = false; // a row used again may stand in the list twice
        }

        writer.Boolean(false);
        ForgetChanges();
    }

    /// <summary>A key as <see cref="Save"/> wrote it; what it had before is dropped.</summary>
    public void Load(TKey key, int hash, StateReader reader, IReadOnlyList<SavedState> saved)
    {
        Forget(key, hash);
        Begin(key, hash, 0, long.MinValue);
        var row = _cursor.Row;
        foreach (var state in saved) state.Load(row, new StateReader(reader.Slice()), Function.States);
        for (var left = reader.Number(); left > 0; left--) EventTimers.Set(row, reader.Number());
        for (var left = reader.Number(); left > 0; left--) ClockTimers.Set(row, reader.Number());
        if (reader.Boolean()) _touched[row] = reader.Number();
        if (_timeToLive is { } life) _expiries.Set(row, _touched[row] + life);
    }

    public void Forget(TKey key, int hash)
    {
        var row = _keys.Find(key, hash);
        if (row >= 0) Remove(row);
    }

    public void ForgetChanges()
    {
        foreach (var row in _changed) _isChanged[row] = false;
        _changed.Clear();
        _removed.Clear();
        using (_removedTexts.Begin())
        {
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        _removedTexts.Dispose();
        foreach (var state in _states) state.Free();
    }

    private void SaveKey(int row, StateWriter writer)
    {
        _shape.Write(_keys.Key(row), writer);
        foreach (var state in _states)
        {
            _scratch.Clear();
            state.Write(row, _scratch);
            writer.Bytes(_scratch.Written.Span);
        }

        SaveTimers(EventTimers, row, writer);
        SaveTimers(ClockTimers, row, writer);
        writer.Boolean(_timeToLive is not null);
        if (_timeToLive is not null) writer.Number(_touched[row]);
    }

    private static void SaveTimers(TimerQueue timers, int row, StateWriter writer)
    {
        var times = timers.TimesOf(row).ToList();
        writer.Number(times.Count);
        foreach (var time in times) writer.Number(time);
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
        catch (Exception error) when (error is not OperationCanceledException && !StreamErrors.IsOverflow(error))
        {
            Fault(Function.GetType().Name, error);
        }

        if (IsEmpty(row)) Remove(row);
        else MarkChanged(row);
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
        foreach (var state in _states)
            if (!state.IsEmpty(row)) return false;
        return !EventTimers.Has(row) && !ClockTimers.Has(row);
    }

    private void Remove(int row)
    {
        foreach (var state in _states) state.Clear(row);
        EventTimers.CancelAll(row);
        ClockTimers.CancelAll(row);
        _expiries.CancelAll(row);
        _isChanged[row] = false;
        _removed.Add(_removedTexts.Keep(_keys.Key(row)));
        _keys.Remove(row);
    }

    private void MarkChanged(int row)
    {
        if (_isChanged[row]) return;
        _isChanged[row] = true;
        _changed.Add(row);
    }

    private void Reserve()
    {
        Array.Resize(ref _isChanged, _keys.Capacity);
        Array.Resize(ref _touched, _keys.Capacity);
        foreach (var state in _states) state.Reserve(_keys.Capacity);
    }
}
