using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Streams.Aggregates;
using Leat.Streams.Joins;
using Leat.Streams.Kernels;

namespace Leat.Streams.Frames;

/// <summary>
/// Aggregates that nothing can be taken away from, over the frames of all keys of a shard, as two stacks a key: the newer rows as one state, the older ones as a state for each
/// suffix of them. When the older ones are used up, the newer ones become them. Each row is merged at most three times.
/// </summary>
internal sealed class StackedColumns<T>(ImmutableArray<Aggregate<T>> aggregates, TextArena arena)
{
    private const int FirstSlots = 64;
    private readonly ImmutableArray<AggregateColumn> _back = [.. aggregates.Select(a => a.CreateColumn(arena))];
    private readonly ImmutableArray<AggregateColumn> _front = [.. aggregates.Select(a => a.CreateColumn(arena))];
    private readonly ImmutableArray<AggregateColumn> _joined = Joined(aggregates, arena);
    private readonly Stack<int> _free = [];
    private FrontStack[] _stacks = [];
    private bool[] _hasBack = [];
    private int _slots;
    private int _top;

    public long SizeBytes => (_stacks.LongLength * (Unsafe.SizeOf<FrontStack>() + 1)) + (_top * 4L) + AggregateColumn.SizeOf(_front, _top) + AggregateColumn.SizeOf(_back, _stacks.Length);

    public void Reserve(int keys)
    {
        if (_stacks.Length >= keys) return;
        Array.Resize(ref _stacks, keys);
        Array.Resize(ref _hasBack, keys);
        foreach (var column in _back) column.Reserve(keys);
    }

    public void Add(int key, ImmutableArray<AggregateColumn> rows, ImmutableArray<int> places, int row)
    {
        for (var i = 0; i < _back.Length; i++) _back[i].Merge(key, rows[places[i]], row);
        _hasBack[key] = true;
    }

    /// <summary>Takes the oldest row away.</summary>
    /// <param name="key">Row of the key.</param>
    /// <param name="rows">All rows of the key.</param>
    /// <param name="frame">Those in the frame, the oldest of which goes.</param>
    /// <param name="batch">Computes states of rows.</param>
    /// <param name="places">Where in it the aggregates are.</param>
    public void RemoveOldest(int key, ReadOnlySpan<Held<T>> rows, Range frame, RowBatch<T> batch, ImmutableArray<int> places)
    {
        if (_stacks[key].Count == 0) Flip(key, rows[frame], batch, places);
        Free(_stacks[key].Pop());
    }

    /// <summary>Points the results at where they stand.</summary>
    public void Read(int key, ImmutableArray<PlacedColumn> results, ImmutableArray<int> places)
    {
        var hasFront = _stacks[key].Count > 0;
        for (var i = 0; i < _back.Length; i++)
        {
            if (!hasFront) results[places[i]].Set(_back[i], key);
            else if (!_hasBack[key]) results[places[i]].Set(_front[i], _stacks[key].Top);
            else results[places[i]].Set(Join(i, key), 0);
        }
    }

    public void Reset(int key)
    {
        while (_stacks[key].Count > 0) Free(_stacks[key].Pop());
        _stacks[key].Slots = null;
        ResetBack(key);
    }

    private static ImmutableArray<AggregateColumn> Joined(ImmutableArray<Aggregate<T>> aggregates, TextArena arena)
    {
        ImmutableArray<AggregateColumn> joined = [.. aggregates.Select(a => a.CreateColumn(arena))];
        foreach (var column in joined) column.Reserve(1);
        return joined;
    }

    private AggregateColumn Join(int index, int key)
    {
        var joined = _joined[index];
        joined.Reset(0);
        joined.Merge(0, _front[index], _stacks[key].Top);
        joined.Merge(0, _back[index], key);
        return joined;
    }

    /// <summary>From the newest row to the oldest, a batch at a time: a batch begins where it is asked, so its start is asked for first.</summary>
    private void Flip(int key, ReadOnlySpan<Held<T>> frame, RowBatch<T> batch, ImmutableArray<int> places)
    {
        ResetBack(key);
        batch.Forget();
        for (var end = frame.Length; end > 0;)
        {
            var start = Math.Max(0, end - RowBatch<T>.Capacity);
            _ = batch.Find(frame, start, end);
            for (var at = end - 1; at >= start; at--) Push(key, batch, at - start, places);
            batch.Forget();
            end = start;
        }
    }

    private void Push(int key, RowBatch<T> batch, int row, ImmutableArray<int> places)
    {
        var slot = Take();
        for (var i = 0; i < _front.Length; i++)
        {
            _front[i].Merge(slot, batch.Columns[places[i]], row);
            if (_stacks[key].Count > 0) _front[i].Merge(slot, _front[i], _stacks[key].Top);
        }

        _stacks[key].Push(slot);
    }

    private int Take()
    {
        if (_free.TryPop(out var slot)) return slot;
        if (_top == _slots)
        {
            _slots = Math.Max(FirstSlots, _slots * 2);
            foreach (var column in _front) column.Reserve(_slots);
        }

        return _top++;
    }

    private void Free(int slot)
    {
        foreach (var column in _front) column.Reset(slot);
        _free.Push(slot);
    }

    private void ResetBack(int key)
    {
        if (!_hasBack[key]) return;
        foreach (var column in _back) column.Reset(key);
        _hasBack[key] = false;
    }
}
