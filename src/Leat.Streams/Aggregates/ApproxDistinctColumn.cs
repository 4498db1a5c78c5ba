using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Estimated number of distinct values. A checkpoint saves what is new since the one before.</summary>
internal sealed class ApproxDistinctColumn<TValue>(StableHash<TValue> hash, int precision) : SketchColumn<HyperLogLog>
{
    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && values.IsThere(i)) At(rows[i]).Add(hash.Of(values.Items[i]));
    }

    protected override HyperLogLog Create() => new(precision);

    protected override long SizeOf(HyperLogLog sketch) => sketch.SizeBytes;

    protected override void Merge(HyperLogLog sketch, HyperLogLog added) => sketch.Merge(added);

    protected override object?[] ResultsOf(HyperLogLog? sketch) => [sketch is null ? 0L : (long)Math.Round(sketch.Estimate())];

    protected override void Write(HyperLogLog sketch, StateWriter writer, bool whole) => sketch.Write(writer, whole);

    protected override void Load(HyperLogLog sketch, StateReader reader) => sketch.Load(reader);

    protected override void Clear(HyperLogLog sketch) => sketch.Clear();
}
