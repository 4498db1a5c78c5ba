using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Values of the rows with the largest orders.</summary>
internal sealed class TopColumn<TOrder, TValue>(ValueShape<TOrder> orders, ValueShape<TValue> values, int most, TextArena arena) : SketchColumn<TopRows<TOrder, TValue>>
{
    private static readonly Func<TOrder, TValue, TOrder, TValue, int> Better =
        (order, value, otherOrder, otherValue) => ValueShape<TOrder>.Compare(otherOrder, order) is not 0 and var compared ? compared : ValueShape<TValue>.Compare(value, otherValue);

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var pairs = (InputPairs<TOrder, TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && pairs.Has[i]) At(rows[i]).Add(pairs.Orders[i], pairs.Items[i], Better);
    }

    protected override TopRows<TOrder, TValue> Create() => new(most, arena);

    protected override long SizeOf(TopRows<TOrder, TValue> sketch) => sketch.SizeBytes;

    protected override void Merge(TopRows<TOrder, TValue> sketch, TopRows<TOrder, TValue> added)
    {
        for (var i = 0; i < added.Count; i++) sketch.Add(added.Order(i), added.Value(i), Better);
    }

    protected override object?[] ResultsOf(TopRows<TOrder, TValue>? sketch) => sketch is null ? [ResultList.Empty] :
        [ResultList.Of(Enumerable.Range(0, sketch.Count).Select(i => (IReadOnlyList<(string, object?)>)[("value", values.Box(sketch.Value(i))), ("by", orders.Box(sketch.Order(i)))]))];

    protected override void Write(TopRows<TOrder, TValue> sketch, StateWriter writer, bool whole)
    {
        writer.Number(sketch.Count);
        for (var i = 0; i < sketch.Count; i++)
        {
            orders.Write(sketch.Order(i), writer);
            values.Write(sketch.Value(i), writer);
        }
    }

    protected override void Load(TopRows<TOrder, TValue> sketch, StateReader reader)
    {
        sketch.Forget();
        for (var left = reader.Number(); left > 0; left--) sketch.Add(orders.Read(reader, arena), values.Read(reader, arena), Better);
    }

    protected override void Clear(TopRows<TOrder, TValue> sketch) => sketch.Clear();
}
