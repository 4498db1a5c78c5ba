using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>Open-addressing hash map of plain structs, at most half full. The default key (id 0) is the mark of a free slot and no key. One thread.</summary>
internal sealed class LoopMap<TKey, TValue>
    where TKey : unmanaged, IEquatable<TKey>
    where TValue : unmanaged
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private LoopEntry<TKey, TValue>[] _entries = new LoopEntry<TKey, TValue>[1 << 10];
    private int _shift = 64 - 10;

    public int Count { get; private set; }

    /// <summary>Every slot of the table; free ones say so.</summary>
    public ReadOnlySpan<LoopEntry<TKey, TValue>> Slots => _entries;

    /// <summary>The value of a key, made as default where there is none. Valid until the next key is added.</summary>
    public ref TValue this[TKey key]
    {
        get
        {
            ref var entry = ref Slot(key);
            if (!entry.Key.Equals(key))
            {
                if (Count >= _entries.Length / 2)
                {
                    Grow();
                    entry = ref Slot(key);
                }

                entry.Key = key;
                Count++;
            }

            return ref entry.Value;
        }
    }

    public void Clear()
    {
        Array.Clear(_entries);
        Count = 0;
    }

    /// <summary>The slot that holds the key, or the free one where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref LoopEntry<TKey, TValue> Slot(TKey key)
    {
        var entries = _entries;
        var mask = entries.Length - 1;
        for (var i = (int)(Hash(key) * Golden >> _shift); ; i = (i + 1) & mask)
        {
            ref var entry = ref entries[i];
            if (entry.Key.Equals(key) || entry.Key.Equals(default)) return ref entry;
        }
    }

    private static ulong Hash(TKey key) => typeof(TKey) == typeof(long) ? (ulong)(long)(object)key : (uint)key.GetHashCode();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var old = _entries;
        _entries = new LoopEntry<TKey, TValue>[old.Length * 2];
        _shift--;
        foreach (ref var entry in old.AsSpan())
            if (entry.IsUsed) Slot(entry.Key) = entry;
    }
}
