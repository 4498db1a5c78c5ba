namespace Leat.Log;

/// <summary>A position a group has committed.</summary>
/// <param name="Offset">Next offset to read.</param>
/// <param name="LeaderEpoch">As the client said; -1 = unknown.</param>
/// <param name="Metadata">Free text.</param>
internal readonly record struct CommittedOffset(long Offset, int LeaderEpoch, string Metadata);
