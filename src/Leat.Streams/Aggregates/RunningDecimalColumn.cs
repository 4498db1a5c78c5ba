using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>
/// A sum or mean of decimals that merged states can be taken away from again. How many digits a sum has after the point follows its finest value, so it must be known how many
/// of the merged states have which scale; the counts are there from the second scale on.
/// </summary>
internal sealed class RunningDecimalColumn<TFold>(string name) : AggregateColumn
    where TFold : struct, IFold<decimal, Counted<ExactSum>>
{
    private const int Scales = 29;
    private readonly FoldColumn<decimal, Counted<ExactSum>, TFold> _sums = new(name);
    private (int States, int[]? OfScale)[] _merged = [];

    public override long SizeOf(int row) => _sums.SizeOf(row) + (2 * sizeof(long)) + (_merged[row].OfScale is null ? 0 : Scales * sizeof(int));

    public override void Reserve(int capacity)
    {
        _sums.Reserve(capacity);
        if (_merged.Length < capacity) Array.Resize(ref _merged, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count) => throw new NotSupportedException("running sums take sums");

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        ref readonly var added = ref ((FoldColumn<decimal, Counted<ExactSum>, TFold>)from).StateAt(fromRow);
        if (added.Count == 0) return;
        ref var merged = ref _merged[row];
        if (merged.OfScale is null && merged.States > 0 && _sums.StateAt(row).Value.Scale != added.Value.Scale)
        {
            merged.OfScale = new int[Scales];
            merged.OfScale[_sums.StateAt(row).Value.Scale] = merged.States;
        }

        merged.States++;
        if (merged.OfScale is { } counts) counts[added.Value.Scale]++;
        _sums.Merge(row, from, fromRow);
    }

    public override void Deduct(int row, AggregateColumn from, int fromRow)
    {
        ref readonly var taken = ref ((FoldColumn<decimal, Counted<ExactSum>, TFold>)from).StateAt(fromRow);
        if (taken.Count == 0) return;
        ref var merged = ref _merged[row];
        if (--merged.States == 0)
        {
            Reset(row);
            return;
        }

        ref var state = ref _sums.StateAt(row);
        state.Count -= taken.Count;
        state.Value.Subtract(in taken.Value);
        if (merged.OfScale is not { } counts || --counts[taken.Value.Scale] > 0) return;
        state.Value.CutTo((byte)Array.FindLastIndex(counts, n => n > 0));
    }

    public override void Write(int row, StateWriter writer, bool whole) => throw new NotSupportedException("running sums are not saved");

    public override void Load(int row, StateReader reader) => throw new NotSupportedException("running sums are not saved");

    public override void Give(int row, AggregateColumn to, int toRow) => to.Merge(toRow, _sums, row);

    public override object? Read(int row) => _sums.Read(row);

    public override TValue Read<TValue>(int row) => _sums.Read<TValue>(row);

    public override void Reset(int row)
    {
        _sums.Reset(row);
        _merged[row] = default;
    }

    public override void Clear(int count)
    {
        _sums.Clear(count);
        Array.Clear(_merged, 0, count);
    }
}
