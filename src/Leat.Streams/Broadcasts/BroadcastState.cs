using System.Runtime.CompilerServices;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Rows;
using Leat.Streams.State;

namespace Leat.Streams.Broadcasts;

/// <summary>The newest row of each key, which all workers read. Rows in memory stand close together; texts in them are valid while the reader's lock is held.</summary>
internal sealed class BroadcastState<TKey, TRow>(string name, KeyShape<TKey> shape) : CopiedOperator, IDisposable
{
    private const long LeastGarbage = 1 << 20;
    private readonly RowCodec<TRow> _codec = RowCodec<TRow>.Instance;
    private readonly RowTexts<TRow> _texts = new(RowCodec<TRow>.Instance.Copy);
    private readonly KeyTable<TKey> _keys = new(shape.Copy);
    private readonly RowTexts<TKey> _goneTexts = new(shape.Copy);
    private readonly HashSet<int> _changed = [];
    private readonly HashSet<TKey> _gone = [];
    private TRow[] _rows = new TRow[16];
    private int[] _slots = new int[16];
    private int[] _places = new int[16];

    public override string Signature => $"broadcast {name} by {string.Join(',', shape.Columns.Select(c => $"{c.Name} {c.Type}"))} of {_codec.Signature}";

    /// <summary>The newest row counts, whenever it happened.</summary>
    public override bool UsesTime => false;

    /// <summary>A chain may read the table more than once, the second time inside the first.</summary>
    public ReaderWriterLockSlim Gate { get; } = new(LockRecursionPolicy.SupportsRecursion);

    public string Name => name;

    public int Count => _keys.Count;

    /// <summary>All rows in no order. Under the reader's lock.</summary>
    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(0, _keys.Count);

    /// <summary>Under the reader's lock.</summary>
    public bool TryFind(TKey key, out TRow? row)
    {
        var slot = _keys.Find(key, KeyHash.Of(key));
        row = slot < 0 ? default : _rows[_places[slot]];
        return slot >= 0;
    }

    /// <summary>Under the writer's lock.</summary>
    public void Set(TKey key, TRow row)
    {
        Put(key, _texts.Keep(row));
        if (!_texts.IsWasteful(LeastGarbage)) return;
        using var rebuilt = _texts.Begin();
        foreach (ref var held in _rows.AsSpan(0, _keys.Count)) held = _texts.Keep(held);
    }

    /// <summary>Under the writer's lock.</summary>
    public void Remove(TKey key)
    {
        var slot = _keys.Find(key, KeyHash.Of(key));
        if (slot < 0) return;
        _changed.Remove(slot);
        _gone.Add(_goneTexts.Keep(key));
        var (place, last) = (_places[slot], _keys.Count - 1);
        _rows[place] = _rows[last];
        _slots[place] = _slots[last];
        _places[_slots[place]] = place;
        _rows[last] = default!;
        _keys.Remove(slot);
        _keys.Compact();
    }

    public override void Open(int shards, TimeProvider clock)
    {
    }

    public override void Advance(long watermark)
    {
    }

    protected override void Save(StateWriter writer, bool whole)
    {
        writer.Number(whole ? 0 : _gone.Count);
        if (!whole)
            foreach (var key in _gone) shape.Write(key, writer);
        var slots = whole ? _slots.Take(_keys.Count) : _changed;
        writer.Number(whole ? _keys.Count : _changed.Count);
        foreach (var slot in slots)
        {
            shape.Write(_keys.Key(slot), writer);
            _codec.Write(_rows[_places[slot]], writer);
        }

        ForgetChanges();
    }

    public override void Load(StateReader reader)
    {
        using var arena = new TextArena();
        for (var left = reader.Number(); left > 0; left--) Remove(shape.Read(reader, arena));
        for (var left = reader.Number(); left > 0; left--)
        {
            var key = shape.Read(reader, arena);
            Set(key, _codec.Read(reader, arena));
        }
    }

    public override void Restore(long watermark, long checkpointId) => ForgetChanges();

    public override StateSize Measure()
    {
        Gate.EnterReadLock();
        try
        {
            return default(StateSize).With(_keys.Count, _keys.SizeBytes + _texts.SizeBytes + (_rows.LongLength * (Unsafe.SizeOf<TRow>() + (2 * sizeof(int)))));
        }
        finally
        {
            Gate.ExitReadLock();
        }
    }

    public override void Dispose()
    {
        Gate.Dispose();
        _keys.Dispose();
        _texts.Dispose();
        _goneTexts.Dispose();
    }

    private void ForgetChanges()
    {
        _changed.Clear();
        _gone.Clear();
        using (_goneTexts.Begin())
        {
        }
    }

    private void Put(TKey key, TRow row)
    {
        var before = _keys.Count;
        var slot = _keys.FindOrAdd(key, KeyHash.Of(key));
        if (_places.Length < _keys.Capacity)
        {
            Array.Resize(ref _places, _keys.Capacity);
            Array.Resize(ref _slots, _keys.Capacity);
            Array.Resize(ref _rows, _keys.Capacity);
        }

        if (_keys.Count > before) (_places[slot], _slots[before]) = (before, slot);
        _rows[_places[slot]] = row;
        _changed.Add(slot);
    }
}
