using Leat.Streams.Aggregates;
using Leat.Streams.Kernels;

namespace Leat.Streams.Frames;

/// <summary>A result that is read, whichever column and row it stands in.</summary>
internal sealed class PlacedColumn(AggregateColumn first) : AggregateColumn
{
    private AggregateColumn _column = first;
    private int _row;

    public override int Width => _column.Width;

    public void Set(AggregateColumn column, int row) => (_column, _row) = (column, row);

    public override object? Read(int row) => _column.Read(_row);

    public override TValue Read<TValue>(int row) => _column.Read<TValue>(_row);

    public override void Read(int row, Span<object?> results) => _column.Read(_row, results);

    public override void Reserve(int capacity) => throw ReadOnly();

    public override void Accumulate(object? input, int[] rows, int count) => throw ReadOnly();

    public override void Merge(int row, AggregateColumn from, int fromRow) => throw ReadOnly();

    public override void Write(int row, StateWriter writer, bool whole) => throw ReadOnly();

    public override void Load(int row, StateReader reader) => throw ReadOnly();

    public override void Reset(int row) => throw ReadOnly();

    public override void Clear(int count) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("a result is only read");
}
