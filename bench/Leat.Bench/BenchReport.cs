using System.Collections.Immutable;

namespace Leat.Bench;

/// <summary>What a benchmark found. Failed when a check is not ok.</summary>
public sealed record BenchReport(string Bench, ImmutableArray<BenchFigure> Figures, ImmutableArray<BenchCheck> Checks)
{
    /// <summary>Every check is ok.</summary>
    public bool Ok => Checks.All(c => c.Ok);
}
