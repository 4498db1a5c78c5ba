using System.Runtime.CompilerServices;

namespace Leat.Streams.State;

/// <summary>A column that grows without moving what it has: pages of 4,096 values, the first of which grows by doubling. Memory follows what is held, and growing stops nobody for long.</summary>
internal sealed class Pages<T>
{
    public const int PageSize = 1 << Shift;
    private const int Shift = 12;
    private const int Mask = PageSize - 1;
    private T[][] _pages = [[]];
    private int _count = 1;

    /// <summary>Values that have room.</summary>
    public int Capacity { get; private set; }

    public long SizeBytes => (long)Capacity * Unsafe.SizeOf<T>();

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[index >> Shift][index & Mask];
    }

    /// <summary>What a table that is full should grow to.</summary>
    public static int Next(int capacity) => capacity < PageSize ? Math.Max(16, capacity * 2) : capacity + PageSize;

    /// <summary>Makes room for at least <paramref name="capacity"/> values; new ones are the default.</summary>
    public void Reserve(int capacity)
    {
        if (capacity <= Capacity) return;
        if (Capacity < PageSize) Array.Resize(ref _pages[0], Math.Min(capacity, PageSize));
        while ((long)_count * PageSize < capacity)
        {
            if (_count == _pages.Length) Array.Resize(ref _pages, _pages.Length * 2);
            _pages[_count++] = new T[PageSize];
        }

        Capacity = _count > 1 ? _count * PageSize : _pages[0].Length;
    }
}
