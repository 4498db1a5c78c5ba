using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Variance of a sample: none for less than two values.</summary>
/// <remarks>Sources: Welford (1962) for adding a value; Chan, Golub, LeVeque (1979) for merging.</remarks>
internal readonly struct VarianceOfDouble : IFold<double, Spread>
{
    public static void Add(ref Spread state, double value)
    {
        var off = value - state.Mean;
        state.Mean += off / ++state.Count;
        state.Squares += off * (value - state.Mean);
    }

    public static void Merge(ref Spread state, in Spread other)
    {
        if (other.Count == 0) return;
        var count = state.Count + other.Count;
        var off = other.Mean - state.Mean;
        state.Squares += other.Squares + (off * off * ((double)state.Count / count * other.Count));
        state.Mean += off * other.Count / count;
        state.Count = count;
    }

    public static object? Read(in Spread state) => state.Count < 2 ? null : state.Squares / (state.Count - 1);

    public static void Write(in Spread state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Float(state.Mean);
        writer.Float(state.Squares);
    }

    public static Spread Load(StateReader reader) => new() { Count = reader.Number(), Mean = reader.Float(), Squares = reader.Float() };
}
