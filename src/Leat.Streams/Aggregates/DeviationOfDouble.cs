using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Square root of the variance.</summary>
internal readonly struct DeviationOfDouble : IFold<double, Spread>
{
    public static void Add(ref Spread state, double value) => VarianceOfDouble.Add(ref state, value);

    public static void Merge(ref Spread state, in Spread other) => VarianceOfDouble.Merge(ref state, in other);

    public static object? Read(in Spread state) => VarianceOfDouble.Read(in state) is double variance ? Math.Sqrt(variance) : null;

    public static void Write(in Spread state, StateWriter writer) => VarianceOfDouble.Write(in state, writer);

    public static Spread Load(StateReader reader) => VarianceOfDouble.Load(reader);
}
