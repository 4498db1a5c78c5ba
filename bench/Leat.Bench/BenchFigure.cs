namespace Leat.Bench;

/// <summary>One figure.</summary>
/// <param name="Name">As in the contract, for example events_per_second_core.</param>
/// <param name="Value">Median over the runs.</param>
/// <param name="Unit">1/s, ms, MB, B, ratio.</param>
/// <param name="Runs">Counted runs.</param>
/// <param name="Spread">(max - min) / median.</param>
/// <param name="Peer">Who did the same work in the same run; null = nobody.</param>
/// <param name="PeerValue">The peer's median.</param>
/// <param name="Ratio">Ours over the peer's, arranged so that above 1 means Leat is better.</param>
public sealed record BenchFigure(string Name, double Value, string Unit, int Runs, double Spread, string? Peer = null, double? PeerValue = null, double? Ratio = null)
{
    /// <summary>Median and spread of several runs.</summary>
    public static BenchFigure Of(string name, string unit, IReadOnlyList<double> runs)
    {
        var median = Median(runs);
        return new BenchFigure(name, median, unit, runs.Count, median == 0 ? 0 : (runs.Max() - runs.Min()) / median);
    }

    /// <summary>The same figure held against a peer's runs.</summary>
    public BenchFigure Against(string peer, IReadOnlyList<double> runs, bool higherIsBetter)
    {
        var other = Median(runs);
        return this with { Peer = peer, PeerValue = other, Ratio = higherIsBetter ? Value / other : other / Value };
    }

    /// <summary>Middle value; mean of the two middle ones for an even count.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
