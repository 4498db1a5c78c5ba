using System.Runtime.CompilerServices;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams;

/// <summary>A map a key. Entries of all keys stand in one table by (row, map key), chained by row in no order.</summary>
/// <typeparam name="TMapKey">What may be a stream's key.</typeparam>
/// <typeparam name="TValue">A simple value, a tuple, a record or a struct of these; texts in it are copied.</typeparam>
public sealed class MapState<TMapKey, TValue> : KeyState
{
    private const int None = -1;
    private readonly KeyShape<TMapKey> _keyShape = KeyShape<TMapKey>.Of();
    private readonly StateValues<TValue> _kept;
    private readonly KeyTable<(int Row, TMapKey Key)> _table;
    private readonly Pages<TValue> _values = new();
    private readonly Pages<(int Next, int Previous)> _links = new();
    private readonly Pages<(int First, int Count)> _rows = new();

    internal MapState(string name, StateMigration<TValue>[] migrations)
        : base(name)
    {
        _kept = new StateValues<TValue>(migrations);
        _table = new KeyTable<(int Row, TMapKey Key)>(_keyShape.Copy is { } copy ? (entry, arena) => (entry.Row, copy(entry.Key, arena)) : null);
    }

    public int Count => _rows[Cursor.Row].Count;

    /// <summary>The value of a map key; the default when there is none. Setting it makes it exist.</summary>
    public TValue this[TMapKey key]
    {
        get => TryGet(key, out var value) ? value : default!;
        set
        {
            var entry = FindOrAdd(Cursor.Row, key); // may move the values
            _values[entry] = _kept.Keep(value);
        }
    }

    /// <summary>The key's entries in no order; valid until the map is next changed.</summary>
    public IEnumerable<KeyValuePair<TMapKey, TValue>> Entries => EntriesOf(Cursor.Row);

    public bool TryGet(TMapKey key, out TValue value)
    {
        var entry = _table.Find((Cursor.Row, key), HashOf(Cursor.Row, key));
        value = entry < 0 ? default! : _values[entry];
        return entry >= 0;
    }

    public bool Remove(TMapKey key)
    {
        var entry = _table.Find((Cursor.Row, key), HashOf(Cursor.Row, key));
        if (entry < 0) return false;
        Remove(Cursor.Row, entry);
        return true;
    }

    public void Clear() => Clear(Cursor.Row);

    internal override string Kind => $"map by {string.Join(',', _keyShape.Columns.Select(c => c.Type))}";

    internal override string ValueSignature => _kept.Signature;

    internal override bool CanRead(string valueSignature) => _kept.CanRead(valueSignature);

    internal override long SizeBytes => _table.SizeBytes + _values.SizeBytes + _links.SizeBytes + _rows.SizeBytes + _kept.SizeBytes;

    internal override int RowBytes => 8;

    internal override long HeldBytes => (_table.Count * (long)(Unsafe.SizeOf<(int, TMapKey)>() + Unsafe.SizeOf<TValue>() + 20)) + _table.TextBytes + _kept.TextBytes;

    internal override void Reserve(int capacity) => _rows.Reserve(capacity);

    internal override bool IsEmpty(int row) => _rows[row].Count == 0;

    internal override void Clear(int row)
    {
        while (_rows[row].Count > 0) Remove(row, _rows[row].First - 1);
    }

    internal override void Write(int row, StateWriter writer)
    {
        writer.Number(_rows[row].Count);
        foreach (var (key, value) in EntriesOf(row))
        {
            _keyShape.Write(key, writer);
            _kept.Write(value, writer);
        }
    }

    internal override void Load(int row, StateReader reader, string valueSignature)
    {
        using var arena = new TextArena();
        for (var left = reader.Number(); left > 0; left--)
        {
            var entry = FindOrAdd(row, _keyShape.Read(reader, arena));
            _values[entry] = _kept.Read(reader, valueSignature);
        }
    }

    internal override void Compact(bool always)
    {
        _table.Compact(always);
        if (!_kept.IsWasteful(always)) return;
        using var rebuilt = _kept.Begin();
        for (var row = 0; row < _rows.Capacity; row++)
        {
            if (_rows[row].Count == 0) continue;
            for (var entry = _rows[row].First - 1; entry != None; entry = _links[entry].Next) _values[entry] = _kept.Keep(_values[entry]);
        }
    }

    internal override void Free()
    {
        _table.Dispose();
        _kept.Dispose();
    }

    private static int HashOf(int row, TMapKey key) => KeyHash.Of(key) ^ (int)((uint)row * 0x9E3779B1u);

    private IEnumerable<KeyValuePair<TMapKey, TValue>> EntriesOf(int row)
    {
        if (_rows[row].Count == 0) yield break;
        for (var entry = _rows[row].First - 1; entry != None; entry = _links[entry].Next) yield return KeyValuePair.Create(_table.Key(entry).Key, _values[entry]);
    }

    private int FindOrAdd(int row, TMapKey key)
    {
        var before = _table.Count;
        var entry = _table.FindOrAdd((row, key), HashOf(row, key));
        if (_table.Count == before) return entry;
        _values.Reserve(_table.Capacity);
        _links.Reserve(_table.Capacity);
        ref var list = ref _rows[row];
        var first = list.Count == 0 ? None : list.First - 1;
        _links[entry] = (first, None);
        if (first != None) _links[first].Previous = entry;
        list = (entry + 1, list.Count + 1);
        return entry;
    }

    private void Remove(int row, int entry)
    {
        var (next, previous) = _links[entry];
        if (next != None) _links[next].Previous = previous;
        if (previous != None) _links[previous].Next = next;
        ref var list = ref _rows[row];
        list = (previous == None ? next + 1 : list.First, list.Count - 1);
        _values[entry] = default!;
        _table.Remove(entry);
    }
}
