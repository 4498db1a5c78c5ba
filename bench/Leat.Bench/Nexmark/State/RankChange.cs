namespace Leat.Bench.Nexmark;

/// <summary>A row of a ranking that comes or goes.</summary>
internal readonly record struct RankChange(bool IsGone, Q19Row Row);
