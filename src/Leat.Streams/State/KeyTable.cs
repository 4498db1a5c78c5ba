using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Keys to rows by open addressing; rows of removed keys are used again. State of a key stands in columns beside it, at its row. One thread.</summary>
/// <param name="copy">Copies a key's texts; null when it has none.</param>
internal sealed class KeyTable<TKey>(Func<TKey, TextArena, TKey>? copy) : IDisposable
{
    private const int FirstCapacity = 16;
    private const long LeastGarbage = 1 << 20;
    private readonly RowTexts<TKey> _texts = new(copy);
    private int[] _buckets = new int[FirstCapacity * 2];
    private TKey[] _keys = new TKey[FirstCapacity];
    private int[] _hashes = new int[FirstCapacity];
    private int[] _free = [];
    private int _freeCount;
    private int _top;

    /// <summary>Keys held.</summary>
    public int Count => _top - _freeCount;

    /// <summary>Rows are below this.</summary>
    public int Capacity => _keys.Length;

    /// <summary>Memory of keys and buckets, in bytes.</summary>
    public long SizeBytes => (_buckets.LongLength * 4) + (_keys.LongLength * (Unsafe.SizeOf<TKey>() + 4)) + (_free.LongLength * 4) + _texts.SizeBytes;

    public TKey Key(int row) => _keys[row];

    public int Hash(int row) => _hashes[row];

    /// <summary>Row of the key, or -1.</summary>
    public int Find(TKey key, int hash)
    {
        var mask = _buckets.Length - 1;
        for (var bucket = hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var row = _buckets[bucket] - 1;
            if (row < 0 || (_hashes[row] == hash && EqualityComparer<TKey>.Default.Equals(_keys[row], key))) return row;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(TKey key, int hash)
    {
        var mask = _buckets.Length - 1;
        for (var bucket = hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var row = _buckets[bucket] - 1;
            if (row < 0) return Add(key, hash, bucket);
            if (_hashes[row] == hash && EqualityComparer<TKey>.Default.Equals(_keys[row], key)) return row;
        }
    }

    public void Remove(int row)
    {
        var mask = _buckets.Length - 1;
        var hole = _hashes[row] & mask;
        while (_buckets[hole] != row + 1) hole = (hole + 1) & mask;
        for (var next = (hole + 1) & mask; _buckets[next] != 0; next = (next + 1) & mask)
        {
            var home = _hashes[_buckets[next] - 1] & mask;
            if (((next - home) & mask) < ((next - hole) & mask)) continue;
            _buckets[hole] = _buckets[next];
            hole = next;
        }

        _buckets[hole] = 0;
        _keys[row] = default!;
        if (_freeCount == _free.Length) Array.Resize(ref _free, Math.Max(FirstCapacity, _free.Length * 2));
        _free[_freeCount++] = row;
    }

    /// <summary>Frees the texts of removed keys when they are most of what is held. Views of keys handed out before are then no longer valid.</summary>
    public void Compact()
    {
        if (!_texts.IsWasteful(LeastGarbage)) return;
        using var rebuilt = _texts.Begin();
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            if (_buckets[bucket] - 1 is >= 0 and var row) _keys[row] = _texts.Keep(_keys[row]);
        }
    }

    public void Dispose() => _texts.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(TKey key, int hash, int bucket)
    {
        if (_freeCount == 0 && _top == _keys.Length)
        {
            Grow();
            return FindOrAdd(key, hash);
        }

        var row = _freeCount > 0 ? _free[--_freeCount] : _top++;
        _keys[row] = _texts.Keep(key);
        _hashes[row] = hash;
        _buckets[bucket] = row + 1;
        return row;
    }

    private void Grow()
    {
        var capacity = _keys.Length * 2;
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _hashes, capacity);
        _buckets = new int[capacity * 2];
        var mask = _buckets.Length - 1;
        for (var row = 0; row < _top; row++)
        {
            var bucket = _hashes[row] & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = row + 1;
        }
    }
}
