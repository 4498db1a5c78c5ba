using System.Collections.Immutable;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Estimated quantiles, several from one sketch. A checkpoint saves the whole sketch of a row that changed.</summary>
internal sealed class QuantileColumn(ImmutableArray<double> shares, int compression) : SketchColumn<TDigest>
{
    public override int Width => shares.Length;

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<double>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && values.IsThere(i)) At(rows[i]).Add(values.Items[i]);
    }

    protected override TDigest Create() => new(compression);

    protected override long SizeOf(TDigest sketch) => sketch.SizeBytes;

    protected override void Merge(TDigest sketch, TDigest added) => sketch.Merge(added);

    protected override object?[] ResultsOf(TDigest? sketch)
    {
        var results = new object?[shares.Length];
        if (sketch is null || sketch.Count == 0) return results;
        var found = sketch.Quantiles(shares.AsSpan());
        for (var i = 0; i < found.Length; i++) results[i] = found[i];
        return results;
    }

    protected override void Write(TDigest sketch, StateWriter writer, bool whole) => sketch.Write(writer);

    protected override void Load(TDigest sketch, StateReader reader) => sketch.Load(reader);

    protected override void Clear(TDigest sketch) => sketch.Clear();
}
