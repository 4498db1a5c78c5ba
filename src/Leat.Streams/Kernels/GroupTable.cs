using System.Runtime.CompilerServices;
using Leat.Streams.Keys;

namespace Leat.Streams.Kernels;

/// <summary>Distinct (key, window) pairs in order of first appearance, found by open addressing. Keys are copied into the table's own memory. One thread.</summary>
internal sealed class GroupTable<TKey> : IDisposable
{
    private const int FirstCapacity = 8;
    private readonly Func<TKey, TextArena, TKey>? _copy;
    private int[] _buckets = new int[FirstCapacity * 2];
    private TKey[] _keys = new TKey[FirstCapacity];
    private int[] _hashes = new int[FirstCapacity];
    private long[] _windows = new long[FirstCapacity];

    public GroupTable(KeyShape<TKey> shape) => _copy = shape.Copy;

    /// <summary>Pairs held; rows count from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that fit before the table grows; columns beside it have at least this many.</summary>
    public int Capacity => _keys.Length;

    public TextArena Arena { get; } = new();

    /// <summary>Memory of keys, buckets and texts, in bytes.</summary>
    public long SizeBytes => (_buckets.LongLength * sizeof(int)) + (_keys.LongLength * (Unsafe.SizeOf<TKey>() + sizeof(int) + sizeof(long))) + Arena.SizeBytes;

    public TKey Key(int row) => _keys[row];

    public int Hash(int row) => _hashes[row];

    public long Window(int row) => _windows[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(TKey key, int hash, long window)
    {
        var mask = _buckets.Length - 1;
        var mixed = hash ^ (int)((ulong)window * 0x9E3779B97F4A7C15UL >> 40);
        for (var bucket = mixed & mask; ; bucket = (bucket + 1) & mask)
        {
            var row = _buckets[bucket] - 1;
            if (row < 0) return Add(key, hash, window, bucket);
            if (_hashes[row] == hash && _windows[row] == window && EqualityComparer<TKey>.Default.Equals(_keys[row], key)) return row;
        }
    }

    /// <summary>Row of the pair, or -1.</summary>
    public int Find(TKey key, int hash, long window)
    {
        var mask = _buckets.Length - 1;
        var mixed = hash ^ (int)((ulong)window * 0x9E3779B97F4A7C15UL >> 40);
        for (var bucket = mixed & mask; ; bucket = (bucket + 1) & mask)
        {
            var row = _buckets[bucket] - 1;
            if (row < 0 || (_hashes[row] == hash && _windows[row] == window && EqualityComparer<TKey>.Default.Equals(_keys[row], key))) return row;
        }
    }

    /// <summary>Forgets all pairs and keeps the memory.</summary>
    public void Clear()
    {
        if (Count == 0) return;
        Array.Clear(_buckets);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>()) Array.Clear(_keys, 0, Count);
        Arena.Reset();
        Count = 0;
    }

    public void Dispose() => Arena.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(TKey key, int hash, long window, int bucket)
    {
        if (Count == _keys.Length)
        {
            Grow();
            return FindOrAdd(key, hash, window);
        }

        _keys[Count] = _copy is null ? key : _copy(key, Arena);
        _hashes[Count] = hash;
        _windows[Count] = window;
        _buckets[bucket] = Count + 1;
        return Count++;
    }

    private void Grow()
    {
        var capacity = _keys.Length * 2;
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _hashes, capacity);
        Array.Resize(ref _windows, capacity);
        _buckets = new int[capacity * 2];
        var mask = _buckets.Length - 1;
        for (var row = 0; row < Count; row++)
        {
            var bucket = (_hashes[row] ^ (int)((ulong)_windows[row] * 0x9E3779B97F4A7C15UL >> 40)) & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = row + 1;
        }
    }
}
