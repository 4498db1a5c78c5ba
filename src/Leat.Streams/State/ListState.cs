using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams;

/// <summary>A list a key. Elements stand together in one pool, each list in a run of a power of two.</summary>
/// <typeparam name="T">A simple value, a tuple, a record or a struct of these; texts in it are copied.</typeparam>
public sealed class ListState<T> : KeyState
{
    private const int SizeClasses = 31;
    private readonly StateValues<T> _kept;
    private readonly Stack<int>?[] _freeRuns = new Stack<int>?[SizeClasses];
    private readonly Pages<Run> _runs = new();
    private T[] _pool = [];
    private int _top;
    private long _freeItems;

    internal ListState(string name, StateMigration<T>[] migrations)
        : base(name) => _kept = new StateValues<T>(migrations);

    public int Count => _runs[Cursor.Row].Count;

    /// <summary>The key's elements in their order; valid until the list is next changed.</summary>
    public ReadOnlySpan<T> Items => Of(Cursor.Row);

    public T this[int index]
    {
        get => Of(Cursor.Row)[index];
        set => Of(Cursor.Row)[index] = _kept.Keep(value);
    }

    public void Add(T item) => Insert(_runs[Cursor.Row].Count, item);

    /// <summary>Puts an element at <paramref name="index"/>; those from there on move up.</summary>
    public void Insert(int index, T item)
    {
        ref var run = ref _runs[Cursor.Row];
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)run.Count, nameof(index));
        if (run.Count == run.Capacity) Grow(ref run);
        var items = _pool.AsSpan(run.Start, ++run.Count);
        items[index..^1].CopyTo(items[(index + 1)..]);
        items[index] = _kept.Keep(item);
    }

    public void RemoveAt(int index) => RemoveRange(index, 1);

    /// <summary>Removes <paramref name="count"/> elements from <paramref name="index"/> on.</summary>
    public void RemoveRange(int index, int count)
    {
        var items = Of(Cursor.Row);
        items[(index + count)..].CopyTo(items[index..]);
        items[^count..].Clear();
        ref var run = ref _runs[Cursor.Row];
        run.Count -= count;
        if (run.Count == 0) Clear(Cursor.Row);
    }

    public void Clear() => Clear(Cursor.Row);

    /// <summary>An element in place: texts put there are not copied.</summary>
    internal ref T At(int index) => ref Of(Cursor.Row)[index];

    internal override string Kind => "list";

    internal override string ValueSignature => _kept.Signature;

    internal override bool CanRead(string valueSignature) => _kept.CanRead(valueSignature);

    internal override long SizeBytes => _runs.SizeBytes + (_pool.LongLength * Unsafe.SizeOf<T>()) + _kept.SizeBytes;

    internal override int RowBytes => Unsafe.SizeOf<Run>();

    internal override long HeldBytes => ((_top - _freeItems) * Unsafe.SizeOf<T>()) + _kept.TextBytes;

    internal override void Reserve(int capacity) => _runs.Reserve(capacity);

    internal override bool IsEmpty(int row) => _runs[row].Count == 0;

    internal override void Clear(int row)
    {
        ref var run = ref _runs[row];
        if (run.Capacity > 0) Release(run);
        run = default;
    }

    internal override void Write(int row, StateWriter writer)
    {
        var items = Of(row);
        writer.Number(items.Length);
        foreach (ref readonly var item in items) _kept.Write(item, writer);
    }

    internal override void Load(int row, StateReader reader, string valueSignature)
    {
        for (var left = reader.Number(); left > 0; left--)
        {
            ref var run = ref _runs[row];
            if (run.Count == run.Capacity) Grow(ref run);
            _pool[run.Start + run.Count++] = _kept.Read(reader, valueSignature);
        }
    }

    internal override void Compact(bool always)
    {
        if (!_kept.IsWasteful(always)) return;
        using var rebuilt = _kept.Begin();
        for (var row = 0; row < _runs.Capacity; row++)
            foreach (ref var item in Of(row)) item = _kept.Keep(item);
    }

    internal override void Free() => _kept.Dispose();

    private Span<T> Of(int row) => _pool.AsSpan(_runs[row].Start, _runs[row].Count);

    private void Grow(ref Run run)
    {
        var bigger = new Run { Start = Take(run.Capacity == 0 ? 0 : run.Class + 1), Class = run.Capacity == 0 ? 0 : run.Class + 1, Count = run.Count };
        if (run.Capacity > 0)
        {
            _pool.AsSpan(run.Start, run.Count).CopyTo(_pool.AsSpan(bigger.Start));
            Release(run);
        }

        bigger.IsUsed = true;
        run = bigger;
    }

    private int Take(int sizeClass)
    {
        var size = 1 << sizeClass;
        if (_freeRuns[sizeClass] is { Count: > 0 } free)
        {
            _freeItems -= size;
            return free.Pop();
        }

        if (_top + size > _pool.Length) Array.Resize(ref _pool, Math.Max(16, Math.Max(_top + size, checked(_pool.Length * 2))));
        _top += size;
        return _top - size;
    }

    private void Release(Run run)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) _pool.AsSpan(run.Start, run.Count).Clear();
        (_freeRuns[run.Class] ??= new Stack<int>()).Push(run.Start);
        _freeItems += run.Capacity;
    }

    private struct Run
    {
        public int Start;
        public int Count;
        public int Class;
        public bool IsUsed;

        public readonly int Capacity => IsUsed ? 1 << Class : 0;
    }
}
