using System.Diagnostics.CodeAnalysis;

namespace Leat.Log;

/// <summary>The newest idempotency keys of a partition. Owned by the thread that writes the partition.</summary>
internal sealed class KeyWindow(int capacity)
{
    private readonly Dictionary<UInt128, KeyEntry> _entries = [];
    private readonly Queue<UInt128> _order = new();

    public int Count => _entries.Count;

    public bool TryGet(UInt128 key, [MaybeNullWhen(false)] out KeyEntry entry) => _entries.TryGetValue(key, out entry);

    /// <summary>Keeps the key; the oldest one goes when there are too many.</summary>
    public void Add(KeyEntry entry)
    {
        if (capacity == 0 || !_entries.TryAdd(entry.Key, entry)) return;
        _order.Enqueue(entry.Key);
        if (_order.Count > capacity) _ = _entries.Remove(_order.Dequeue());
    }
}
