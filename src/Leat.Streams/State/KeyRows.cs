using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Keys with their states and timers, a row each. One thread.</summary>
internal sealed class KeyRows<TKey> : IDisposable
{
    private const int TimerBytes = 32;
    private readonly KeyShape<TKey> _shape;
    private readonly KeyTable<TKey> _keys;
    private readonly KeyState[] _states;
    private readonly long? _timeToLive;
    private readonly Pages<long> _touched = new();
    private readonly StateWriter _scratch = new();
    private readonly int _rowBytes;
    private int _room;

    /// <param name="shape">Of the keys.</param>
    /// <param name="states">What each key has.</param>
    /// <param name="timeToLive">How long a key lives untouched, ticks; null = forever.</param>
    public KeyRows(KeyShape<TKey> shape, IReadOnlyList<KeyState> states, long? timeToLive)
    {
        (_shape, _states, _timeToLive) = (shape, [.. states], timeToLive);
        _keys = new KeyTable<TKey>(shape.Copy);
        _rowBytes = KeyTable<TKey>.RowBytes + 1 + (timeToLive is null ? 0 : sizeof(long)) + states.Sum(s => s.RowBytes);
        Reserve();
    }

    public KeyShape<TKey> Shape => _shape;

    public ChangeMarks Changes { get; } = new();

    public TimerQueue EventTimers { get; } = new();

    public TimerQueue ClockTimers { get; } = new();

    /// <summary>One a row where keys have a time to live.</summary>
    public TimerQueue Expiries { get; } = new();

    public int Count => _keys.Count;

    /// <summary>All rows ever used are below this.</summary>
    public int Top => _keys.Top;

    /// <summary>Memory, in bytes.</summary>
    public long SizeBytes => _keys.SizeBytes + EventTimers.SizeBytes + ClockTimers.SizeBytes + Expiries.SizeBytes + Changes.SizeBytes + _touched.SizeBytes + _states.Sum(s => s.SizeBytes);

    /// <summary>Of it what rows that are there take.</summary>
    public long HeldBytes
    {
        get
        {
            var held = ((long)_keys.Count * _rowBytes) + _keys.TextBytes + ((EventTimers.Count + ClockTimers.Count + Expiries.Count) * (long)TimerBytes);
            for (var i = 0; i < _states.Length; i++) held += _states[i].HeldBytes;
            return held;
        }
    }

    public TKey Key(int row) => _keys.Key(row);

    public int Hash(int row) => _keys.Hash(row);

    /// <summary>Row of the key, or -1.</summary>
    public int Find(TKey key, int hash) => _keys.Find(key, hash);

    public int FindOrAdd(TKey key, int hash)
    {
        var row = _keys.FindOrAdd(key, hash);
        if (row >= _room) Reserve();
        return row;
    }

    /// <summary>Nothing is kept for the key.</summary>
    public bool IsEmpty(int row)
    {
        for (var i = 0; i < _states.Length; i++)
            if (!_states[i].IsEmpty(row)) return false;
        return !EventTimers.Has(row) && !ClockTimers.Has(row);
    }

    /// <summary>The key was seen at that time, and lives on.</summary>
    public void Touch(int row, long time)
    {
        if (_timeToLive is not { } life) return;
        _touched[row] = Expiries.Has(row) ? Math.Max(_touched[row], time) : time;
        if (!Expiries.Has(row)) Expiries.Set(row, time + life);
    }

    /// <summary>When the key dies; <see cref="long.MaxValue"/> = never.</summary>
    public long EndOf(int row) => _timeToLive is { } life ? _touched[row] + life : long.MaxValue;

    /// <summary>Frees the row.</summary>
    public void Remove(int row)
    {
        for (var i = 0; i < _states.Length; i++) _states[i].Clear(row);
        EventTimers.CancelAll(row);
        ClockTimers.CancelAll(row);
        Expiries.CancelAll(row);
        Changes.Clear(row);
        _ = Changes.TakeTouched(row);
        _keys.Remove(row);
    }

    /// <summary>The key and all that is kept for it.</summary>
    public void Write(int row, StateWriter writer)
    {
        _shape.Write(_keys.Key(row), writer);
        for (var i = 0; i < _states.Length; i++)
        {
            _scratch.Clear();
            _states[i].Write(row, _scratch);
            writer.Bytes(_scratch.Written.Span);
        }

        EventTimers.Write(row, writer);
        ClockTimers.Write(row, writer);
        writer.Boolean(_timeToLive is not null);
        if (_timeToLive is not null) writer.Number(_touched[row]);
    }

    /// <summary>Into an empty row what <see cref="Write"/> wrote behind the key.</summary>
    /// <param name="row">Of the key.</param>
    /// <param name="reader">Behind the key.</param>
    /// <param name="saved">States that were written; null = those of today.</param>
    public void Load(int row, StateReader reader, IReadOnlyList<SavedState>? saved)
    {
        if (saved is not null) foreach (var state in saved) state.Load(row, new StateReader(reader.Slice()), _states);
        else foreach (var state in _states) state.Load(row, new StateReader(reader.Slice()), state.ValueSignature);
        for (var left = reader.Number(); left > 0; left--) EventTimers.Set(row, reader.Number());
        for (var left = reader.Number(); left > 0; left--) ClockTimers.Set(row, reader.Number());
        var touched = reader.Boolean() ? reader.Number() : 0;
        if (_timeToLive is not { } life) return;
        _touched[row] = touched;
        Expiries.Set(row, touched + life);
    }

    /// <summary>Frees what dropped values took, when that is worth it, or always.</summary>
    public void Compact(bool always = false)
    {
        _keys.Compact(always);
        for (var i = 0; i < _states.Length; i++) _states[i].Compact(always);
    }

    public void Dispose()
    {
        _keys.Dispose();
        foreach (var state in _states) state.Free();
    }

    private void Reserve()
    {
        _room = _keys.Capacity;
        Changes.Reserve(_room);
        if (_timeToLive is not null) _touched.Reserve(_room);
        for (var i = 0; i < _states.Length; i++) _states[i].Reserve(_room);
    }
}
