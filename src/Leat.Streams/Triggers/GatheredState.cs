using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Streams.Aggregates;
using Leat.Streams.Frames;
using Leat.Streams.Kernels;

namespace Leat.Streams.Triggers;

/// <summary>Aggregates a key, one set for each of a few ids. Slots in columns, chained by key.</summary>
internal sealed class GatheredState<T> : KeyState
{
    private const long LeastGarbage = 1 << 20;
    private const int BytesAColumn = 16;
    private readonly AggregateSet _aggregates;
    private readonly Stack<int> _free = [];
    private readonly string _signature;
    private readonly RowBatch<T> _row;
    private TextArena _arena = new();
    private int[] _heads = [];
    private Slot[] _slots = [];
    private int _top;
    private long _heldAfterBuild;

    public GatheredState(string name, ImmutableArray<Aggregate<T>> aggregates)
        : base(name)
    {
        _aggregates = AggregateSet.Of(aggregates);
        _signature = $"{string.Join(',', _aggregates.Fields.Select(f => f.Type))} by {string.Join('+', aggregates.Select(a => a.Layout))}";
        Columns = _aggregates.Create(_arena);
        _row = new RowBatch<T>(aggregates);
    }

    /// <summary>State of the slots.</summary>
    public ImmutableArray<AggregateColumn> Columns { get; private set; }

    /// <summary>Calls the selectors of a row, which may throw; <see cref="Add(int)"/> adds it.</summary>
    public void Take(T row, long time) => _row.Take(row, time);

    /// <summary>Adds the row that was taken to a slot.</summary>
    public void Add(int slot) => Merge(slot, _row.Columns, 0);

    /// <summary>Adds one slot to another.</summary>
    public void Add(int slot, int from) => Merge(slot, Columns, from);

    /// <summary>Slot of the key's aggregates with that id; made where there is none.</summary>
    public int SlotOf(long id) => Find(Cursor.Row, id) is >= 0 and var slot ? slot : NewSlot(Cursor.Row, id);

    public bool Remove(long id)
    {
        var slot = Find(Cursor.Row, id);
        if (slot < 0) return false;
        Free(Cursor.Row, slot);
        return true;
    }

    internal override string Kind => "aggregates";

    internal override string ValueSignature => _signature;

    internal override long SizeBytes => (_heads.LongLength * sizeof(int)) + (_slots.LongLength * Unsafe.SizeOf<Slot>()) + _arena.SizeBytes + AggregateColumn.SizeOf(Columns, _top);

    internal override int RowBytes => sizeof(int);

    internal override long HeldBytes => ((_top - _free.Count) * (long)(Unsafe.SizeOf<Slot>() + (BytesAColumn * Columns.Length))) + _arena.TakenBytes;

    internal override bool CanRead(string valueSignature) => valueSignature == _signature;

    internal override void Reserve(int capacity)
    {
        if (_heads.Length < capacity) Array.Resize(ref _heads, capacity);
    }

    internal override bool IsEmpty(int row) => _heads[row] == 0;

    internal override void Clear(int row)
    {
        while (_heads[row] > 0) Free(row, _heads[row] - 1);
    }

    internal override void Write(int row, StateWriter writer)
    {
        for (var slot = _heads[row] - 1; slot >= 0; slot = _slots[slot].Next - 1)
        {
            writer.Boolean(true);
            writer.Number(_slots[slot].Id);
            foreach (var column in Columns) column.Write(slot, writer, whole: true);
        }

        writer.Boolean(false);
    }

    internal override void Load(int row, StateReader reader, string valueSignature)
    {
        while (reader.Boolean())
        {
            var slot = NewSlot(row, reader.Number());
            foreach (var column in Columns) column.Load(slot, reader);
        }
    }

    internal override void Compact(bool always)
    {
        if (always ? _arena.TakenBytes == 0 : _arena.SizeBytes <= LeastGarbage + (2 * _heldAfterBuild)) return;
        var (old, from) = (_arena, Columns);
        _arena = new TextArena();
        Columns = _aggregates.Create(_arena);
        foreach (var column in Columns) column.Reserve(_slots.Length);
        for (var slot = 0; slot < _top; slot++)
        {
            if (_slots[slot].IsUsed) Merge(slot, from, slot);
        }

        _heldAfterBuild = _arena.SizeBytes;
        old.Dispose();
    }

    internal override void Free()
    {
        _arena.Dispose();
        _row.Dispose();
    }

    private void Merge(int slot, ImmutableArray<AggregateColumn> from, int fromRow)
    {
        for (var i = 0; i < Columns.Length; i++) Columns[i].Merge(slot, from[i], fromRow);
    }

    private int Find(int row, long id)
    {
        var slot = _heads[row] - 1;
        while (slot >= 0 && _slots[slot].Id != id) slot = _slots[slot].Next - 1;
        return slot;
    }

    private int NewSlot(int row, long id)
    {
        if (!_free.TryPop(out var slot)) slot = _top++;
        if (slot == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(16, _slots.Length * 2));
            foreach (var column in Columns) column.Reserve(_slots.Length);
        }

        _slots[slot] = new Slot { Id = id, Next = _heads[row], IsUsed = true };
        _heads[row] = slot + 1;
        return slot;
    }

    private void Free(int row, int slot)
    {
        ref var link = ref _heads[row];
        while (link != slot + 1) link = ref _slots[link - 1].Next;
        link = _slots[slot].Next;
        _slots[slot] = default;
        foreach (var column in Columns) column.Reset(slot);
        _free.Push(slot);
    }

    /// <summary><see cref="Next"/> and heads are slots counted from 1; 0 = none.</summary>
    private struct Slot
    {
        public long Id;
        public int Next;
        public bool IsUsed;
    }
}
