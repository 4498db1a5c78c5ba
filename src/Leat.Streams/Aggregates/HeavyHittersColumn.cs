using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>The most frequent values. A checkpoint saves all counters of a row that changed.</summary>
internal sealed class HeavyHittersColumn<TValue>(ValueShape<TValue> shape, (int Most, int Counters) size, TextArena arena) : SketchColumn<FrequentValues<TValue>>
{
    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && values.IsThere(i)) At(rows[i]).Add(values.Items[i], 1);
    }

    protected override FrequentValues<TValue> Create() => new(size.Counters, arena);

    protected override long SizeOf(FrequentValues<TValue> sketch) => sketch.SizeBytes;

    protected override void Merge(FrequentValues<TValue> sketch, FrequentValues<TValue> added) => sketch.Merge(added);

    protected override object?[] ResultsOf(FrequentValues<TValue>? sketch)
    {
        if (sketch is null) return [ResultList.Empty];
        var places = Enumerable.Range(0, sketch.Count).ToList();
        places.Sort((a, b) => sketch.Times(b).CompareTo(sketch.Times(a)) is not 0 and var order ? order : ValueShape<TValue>.Compare(sketch.Value(a), sketch.Value(b)));
        return [ResultList.Of(places.Take(size.Most).Select(p => (IReadOnlyList<(string, object?)>)[("value", shape.Box(sketch.Value(p))), ("count", sketch.Times(p)), ("error", sketch.Error)]))];
    }

    protected override void Write(FrequentValues<TValue> sketch, StateWriter writer, bool whole)
    {
        writer.Number(sketch.Error);
        writer.Number(sketch.Count);
        for (var i = 0; i < sketch.Count; i++)
        {
            shape.Write(sketch.Value(i), writer);
            writer.Number(sketch.Times(i));
        }
    }

    protected override void Load(FrequentValues<TValue> sketch, StateReader reader)
    {
        sketch.Forget();
        var error = reader.Number();
        for (var left = reader.Number(); left > 0; left--) sketch.Add(shape.Read(reader, arena), reader.Number());
        sketch.SetError(error);
    }

    protected override void Clear(FrequentValues<TValue> sketch) => sketch.Clear();
}
