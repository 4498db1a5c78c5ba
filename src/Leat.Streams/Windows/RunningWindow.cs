using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams.Windows;

/// <summary>
/// The window that closes next, without the slices it does not share with the one before: each slice is added once when its first window closes and taken away once after its last,
/// however many windows it is in. Kept in memory only. Guarded by the shard's lock.
/// </summary>
internal sealed class RunningWindow<TKey> : IDisposable
{
    private const long LeastGarbage = 1 << 20;
    private readonly Func<TextArena, ImmutableArray<AggregateColumn>> _create;
    private readonly KeyTable<TKey> _keys;
    private TextArena _arena = new();
    private int[] _slices = [];
    private int _top;
    private long _heldAfterBuild;

    public RunningWindow(KeyShape<TKey> shape, Func<TextArena, ImmutableArray<AggregateColumn>> create)
    {
        _create = create;
        _keys = new KeyTable<TKey>(shape.Copy);
        Columns = create(_arena);
        Reserve();
    }

    public ImmutableArray<AggregateColumn> Columns { get; private set; }

    /// <summary>Start of the window; null = not known, all is to be built from the slices.</summary>
    public long? Start { get; set; }

    public int Count => _keys.Count;

    public long SizeBytes => _keys.SizeBytes + _arena.SizeBytes + (_slices.LongLength * sizeof(int)) + AggregateColumn.SizeOf(Columns, _top);

    /// <summary>Rows of the keys in the window.</summary>
    public IEnumerable<int> Rows()
    {
        for (var row = 0; row < _top; row++)
            if (_slices[row] > 0) yield return row;
    }

    public TKey Key(int row) => _keys.Key(row);

    public int Hash(int row) => _keys.Hash(row);

    public void Add(Pane<TKey> slice)
    {
        for (var from = 0; from < slice.Table.Count; from++)
        {
            var row = _keys.FindOrAdd(slice.Table.Key(from), slice.Table.Hash(from));
            if (_slices.Length < _keys.Capacity) Reserve();
            _top = Math.Max(_top, row + 1);
            _slices[row]++;
            for (var i = 0; i < Columns.Length; i++) Columns[i].Merge(row, slice.Columns[i], from);
        }
    }

    public void Deduct(Pane<TKey> slice)
    {
        for (var from = 0; from < slice.Table.Count; from++)
        {
            var row = _keys.Find(slice.Table.Key(from), slice.Table.Hash(from));
            if (--_slices[row] > 0)
            {
                for (var i = 0; i < Columns.Length; i++) Columns[i].Deduct(row, slice.Columns[i], from);
                continue;
            }

            foreach (var column in Columns) column.Reset(row);
            _keys.Remove(row);
        }

        _keys.Compact();
    }

    /// <summary>Begins anew, with new memory.</summary>
    public void Clear()
    {
        foreach (var row in Rows().ToList()) _keys.Remove(row);
        Array.Clear(_slices);
        _keys.Compact();
        _arena.Dispose();
        _arena = new TextArena();
        Columns = _create(_arena);
        foreach (var column in Columns) column.Reserve(_keys.Capacity);
        Start = null;
    }

    /// <summary>Texts of values that are gone take most of the memory: it is worth to <see cref="Clear"/> and build anew.</summary>
    public bool IsWasteful => _arena.SizeBytes > LeastGarbage + (2 * _heldAfterBuild);

    /// <summary>All that is held is in use.</summary>
    public void NoteBuilt() => _heldAfterBuild = _arena.SizeBytes;

    public void Dispose()
    {
        _keys.Dispose();
        _arena.Dispose();
    }

    private void Reserve()
    {
        Array.Resize(ref _slices, _keys.Capacity);
        foreach (var column in Columns) column.Reserve(_keys.Capacity);
    }
}
