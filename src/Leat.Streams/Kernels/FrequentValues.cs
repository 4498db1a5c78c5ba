using System.Buffers;
using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>
/// Counts of the most frequent values in bounded memory. Exact while there are at most twice as many distinct values as counters. With more, the least frequent ones are left out and all others lose as much:
/// a count is then too small by at most <see cref="Error"/>, which is at most the number of values added divided by (counters + 1). A value that is not held occurred at most that often. Which values are held depends on the order of merges within that.
/// </summary>
/// <remarks>Sources: Misra, Gries, "Finding repeated elements" (1982); merging after Agarwal and others, "Mergeable Summaries" (2012), section 3.</remarks>
internal sealed class FrequentValues<TValue>(int counters, TextArena arena)
{
    private const int FirstEntries = 8;
    private Entry[] _entries = [];
    private int[] _buckets = [];

    /// <summary>Memory, in bytes.</summary>
    public long SizeBytes => (_entries.LongLength * Unsafe.SizeOf<Entry>()) + (_buckets.LongLength * sizeof(int));

    /// <summary>Values held; places count from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Most that a count may be too small.</summary>
    public long Error { get; private set; }

    public TValue Value(int place) => _entries[place].Value.Value;

    /// <summary>Times that the value occurred at least.</summary>
    public long Times(int place) => _entries[place].Times;

    public void Add(TValue value, long times)
    {
        var hash = KeyHash.Of(value);
        if (_buckets.Length == 0) Grow();
        ref var bucket = ref BucketOf(value, hash);
        if (bucket > 0)
        {
            _entries[bucket - 1].Times += times;
            return;
        }

        if (Count == _entries.Length)
        {
            if (Count < 2 * counters) Grow();
            else Reduce();
            bucket = ref BucketOf(value, hash);
        }

        ref var entry = ref _entries[Count];
        entry.Value.Set(value, arena);
        (entry.Times, entry.Hash) = (times, hash);
        bucket = ++Count;
    }

    public void Merge(FrequentValues<TValue> other)
    {
        for (var i = 0; i < other.Count; i++) Add(other.Value(i), other.Times(i));
        Error += other.Error;
    }

    /// <summary>Sets the error of what was loaded.</summary>
    public void SetError(long error) => Error = error;

    /// <summary>Forgets all values; their texts' memory is used again.</summary>
    public void Forget()
    {
        Array.Clear(_buckets);
        for (var i = 0; i < Count; i++) _entries[i].Value.Forget();
        (Count, Error) = (0, 0);
    }

    /// <summary>Forgets all values and where their texts lay: the arena may be reset.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        Array.Clear(_entries);
        (Count, Error) = (0, 0);
    }

    private ref int BucketOf(TValue value, int hash)
    {
        var mask = _buckets.Length - 1;
        for (var at = hash & mask; ; at = (at + 1) & mask)
        {
            ref var bucket = ref _buckets[at];
            if (bucket == 0 || (_entries[bucket - 1].Hash == hash && EqualityComparer<TValue>.Default.Equals(_entries[bucket - 1].Value.Value, value))) return ref bucket;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _entries, Math.Min(2 * counters, Math.Max(FirstEntries, 2 * _entries.Length)));
        _buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * _entries.Length))];
        Index();
    }

    /// <summary>Takes the count that is in place counters + 1 off all; only larger ones stay.</summary>
    private void Reduce()
    {
        var times = ArrayPool<long>.Shared.Rent(Count);
        for (var i = 0; i < Count; i++) times[i] = _entries[i].Times;
        Array.Sort(times, 0, Count);
        var off = times[Count - 1 - counters];
        ArrayPool<long>.Shared.Return(times);
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            _entries[i].Times -= off;
            if (_entries[i].Times <= 0) continue;
            (_entries[kept], _entries[i]) = (_entries[i], _entries[kept]);
            kept++;
        }

        Count = kept;
        Error += off;
        Array.Clear(_buckets);
        Index();
    }

    private void Index()
    {
        var mask = _buckets.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var at = _entries[i].Hash & mask;
            while (_buckets[at] != 0) at = (at + 1) & mask;
            _buckets[at] = i + 1;
        }
    }

    private struct Entry
    {
        public Kept<TValue> Value;
        public long Times;
        public int Hash;
    }
}
