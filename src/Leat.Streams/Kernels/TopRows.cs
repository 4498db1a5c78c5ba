using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>The rows with the largest orders, best first. Rows of the same order stand by value, smallest first. What it holds depends on the rows alone, not on when they came.</summary>
internal sealed class TopRows<TOrder, TValue>(int most, TextArena arena)
{
    private Entry[] _entries = [];

    /// <summary>Memory, in bytes.</summary>
    public long SizeBytes => _entries.LongLength * Unsafe.SizeOf<Entry>();

    public int Count { get; private set; }

    public TOrder Order(int place) => _entries[place].Order.Value;

    public TValue Value(int place) => _entries[place].Value.Value;

    /// <param name="order">What is compared first.</param>
    /// <param name="value">What is compared next.</param>
    /// <param name="compare">Of (order, value) pairs: negative when the first is the better one.</param>
    public void Add(TOrder order, TValue value, Func<TOrder, TValue, TOrder, TValue, int> compare)
    {
        if (Count == most && compare(order, value, Order(most - 1), Value(most - 1)) >= 0) return;
        if (Count == _entries.Length && Count < most) Array.Resize(ref _entries, Math.Min(most, Math.Max(4, 2 * Count)));
        if (Count < most) Count++;
        var entry = _entries[Count - 1];
        var place = Count - 1;
        for (; place > 0 && compare(order, value, Order(place - 1), Value(place - 1)) < 0; place--) _entries[place] = _entries[place - 1];
        entry.Order.Set(order, arena);
        entry.Value.Set(value, arena);
        _entries[place] = entry;
    }

    /// <summary>Forgets all rows; their texts' memory is used again.</summary>
    public void Forget()
    {
        for (var i = 0; i < Count; i++)
        {
            _entries[i].Order.Forget();
            _entries[i].Value.Forget();
        }

        Count = 0;
    }

    /// <summary>Forgets all rows and where their texts lay: the arena may be reset.</summary>
    public void Clear()
    {
        Array.Clear(_entries);
        Count = 0;
    }

    private struct Entry
    {
        public Kept<TOrder> Order;
        public Kept<TValue> Value;
    }
}
