using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Keys to rows by open addressing; rows of removed keys are used again. State of a key stands in columns beside it, at its row. One thread.</summary>
/// <param name="copy">Copies a key's texts; null when it has none.</param>
internal sealed class KeyTable<TKey>(Func<TKey, TextArena, TKey>? copy) : IDisposable
{
    private const int FirstBuckets = 32;
    private const long LeastGarbage = 1 << 20;
    private readonly RowTexts<TKey> _texts = new(copy);
    private readonly Pages<Slot> _slots = new();
    private int[] _buckets = new int[FirstBuckets];
    private int[] _free = [];
    private int _freeCount;

    /// <summary>Keys held.</summary>
    public int Count => Top - _freeCount;

    /// <summary>All rows ever used are below this.</summary>
    public int Top { get; private set; }

    /// <summary>Rows are below this.</summary>
    public int Capacity => _slots.Capacity;

    /// <summary>Memory of keys and buckets, in bytes.</summary>
    public long SizeBytes => (_buckets.LongLength * 4) + _slots.SizeBytes + (_free.LongLength * 4) + _texts.SizeBytes;

    /// <summary>Of it what the texts of keys take.</summary>
    public long TextBytes => _texts.TakenBytes;

    /// <summary>What each key takes but for its texts.</summary>
    public static int RowBytes => Unsafe.SizeOf<Slot>() + 8;

    public TKey Key(int row) => _slots[row].Key;

    public int Hash(int row) => _slots[row].Hash;

    /// <summary>Row of the key, or -1.</summary>
    public int Find(TKey key, int hash)
    {
        var mask = _buckets.Length - 1;
        for (var bucket = hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var row = _buckets[bucket] - 1;
            if (row < 0 || IsAt(row, key, hash)) return row;
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
            if (IsAt(row, key, hash)) return row;
        }
    }

    public void Remove(int row)
    {
        var mask = _buckets.Length - 1;
        var hole = Hash(row) & mask;
        while (_buckets[hole] != row + 1) hole = (hole + 1) & mask;
        for (var next = (hole + 1) & mask; _buckets[next] != 0; next = (next + 1) & mask)
        {
            var home = Hash(_buckets[next] - 1) & mask;
            if (((next - home) & mask) < ((next - hole) & mask)) continue;
            _buckets[hole] = _buckets[next];
            hole = next;
        }

        _buckets[hole] = 0;
        _slots[row].Key = default!;
        if (_freeCount == _free.Length) Array.Resize(ref _free, Math.Max(16, _free.Length * 2));
        _free[_freeCount++] = row;
    }

    /// <summary>Frees the texts of removed keys when they are most of what is held, or always. Views of keys handed out before are then no longer valid.</summary>
    public void Compact(bool always = false)
    {
        if (!_texts.IsWasteful(LeastGarbage, always)) return;
        using var rebuilt = _texts.Begin();
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            if (_buckets[bucket] - 1 is not (>= 0 and var row)) continue;
            ref var slot = ref _slots[row];
            slot.Key = _texts.Keep(slot.Key);
        }
    }

    public void Dispose() => _texts.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAt(int row, TKey key, int hash)
    {
        ref var slot = ref _slots[row];
        return slot.Hash == hash && EqualityComparer<TKey>.Default.Equals(slot.Key, key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(TKey key, int hash, int bucket)
    {
        if ((Count + 1L) * 8 > _buckets.Length * 5L)
        {
            Spread();
            return FindOrAdd(key, hash);
        }

        if (_freeCount == 0 && Top == _slots.Capacity) _slots.Reserve(Pages<Slot>.Next(Top));
        var row = _freeCount > 0 ? _free[--_freeCount] : Top++;
        _slots[row] = new Slot { Key = _texts.Keep(key), Hash = hash };
        _buckets[bucket] = row + 1;
        return row;
    }

    /// <summary>Twice the buckets: at most five of eight are taken.</summary>
    private void Spread()
    {
        var old = _buckets;
        _buckets = new int[old.Length * 2];
        var mask = _buckets.Length - 1;
        foreach (var held in old)
        {
            if (held == 0) continue;
            var bucket = Hash(held - 1) & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = held;
        }
    }

    private struct Slot
    {
        public TKey Key;
        public int Hash;
    }
}
