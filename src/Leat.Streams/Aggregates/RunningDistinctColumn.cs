using System.Runtime.CompilerServices;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Exact count of distinct values, from sets that can be taken away from again: how many of the merged sets have each value.</summary>
internal sealed class RunningDistinctColumn<TValue>(KeyShape<TValue> shape, TextArena arena) : AggregateColumn
{
    private const long EntryBytes = 24;
    private Dictionary<ValueTuple<TValue>, int>?[] _counts = [];

    public override long SizeOf(int row) => sizeof(long) + ((_counts[row]?.Count ?? 0) * (Unsafe.SizeOf<TValue>() + EntryBytes));

    public override void Reserve(int capacity)
    {
        if (_counts.Length < capacity) Array.Resize(ref _counts, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count) => throw new NotSupportedException("running counts take sets");

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        if (((DistinctColumn<TValue>)from).Values(fromRow) is not { } added) return;
        var counts = _counts[row] ??= [];
        foreach (var value in added)
        {
            if (counts.TryGetValue(new(value), out var count)) counts[new(value)] = count + 1;
            else counts.Add(new(shape.Copy is null ? value : shape.Copy(value, arena)), 1);
        }
    }

    public override void Deduct(int row, AggregateColumn from, int fromRow)
    {
        if (((DistinctColumn<TValue>)from).Values(fromRow) is not { } taken) return;
        var counts = _counts[row]!;
        foreach (var value in taken)
        {
            var left = counts[new(value)] - 1;
            if (left == 0) counts.Remove(new(value));
            else counts[new(value)] = left;
        }
    }

    public override void Give(int row, AggregateColumn to, int toRow) => ((DistinctColumn<TValue>)to).Finish(toRow, _counts[row]?.Count ?? 0);

    public override object? Read(int row) => (long)(_counts[row]?.Count ?? 0);

    public override TResult Read<TResult>(int row) => TypedResult.TryAs((long)(_counts[row]?.Count ?? 0), out TResult result) ? result : base.Read<TResult>(row);

    public override void Write(int row, StateWriter writer, bool whole) => throw new NotSupportedException("running counts are not saved");

    public override void Load(int row, StateReader reader) => throw new NotSupportedException("running counts are not saved");

    public override void Reset(int row) => _counts[row] = null;

    public override void Clear(int count) => Array.Clear(_counts, 0, count);
}
