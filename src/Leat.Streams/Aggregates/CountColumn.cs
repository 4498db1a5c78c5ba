using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal sealed class CountColumn : AggregateColumn
{
    private long[] _counts = [];

    public override void Reserve(int capacity)
    {
        if (_counts.Length < capacity) Array.Resize(ref _counts, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var counts = _counts;
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            if (row >= 0) counts[row]++;
        }
    }

    public override void Merge(int row, AggregateColumn from, int fromRow) => _counts[row] += ((CountColumn)from)._counts[fromRow];

    public override void Deduct(int row, AggregateColumn from, int fromRow) => _counts[row] -= ((CountColumn)from)._counts[fromRow];

    public override object? Read(int row) => _counts[row];

    public override TValue Read<TValue>(int row) => typeof(TValue) == typeof(long) ? (TValue)(object)_counts[row] : base.Read<TValue>(row);

    public override void Write(int row, StateWriter writer, bool whole) => writer.Number(_counts[row]);

    public override void Load(int row, StateReader reader) => _counts[row] = reader.Number();

    public override void Reset(int row) => _counts[row] = 0;

    public override void Clear(int count) => Array.Clear(_counts, 0, count);
}
