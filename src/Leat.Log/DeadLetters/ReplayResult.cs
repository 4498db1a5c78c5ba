namespace Leat.Log;

/// <summary>What a replay did.</summary>
/// <param name="Replayed">Letters put back; with a dry run: that would be.</param>
/// <param name="Done">Letters that had been put back, or replaced by a newer letter, before.</param>
/// <param name="Refused">Letters that break the contract of their topic and stay.</param>
/// <param name="Refusals">The first 100 of them.</param>
public sealed record ReplayResult(long Replayed, long Done, long Refused, IReadOnlyList<ReplayRefusal> Refusals);
