using System.Collections.Immutable;

namespace Leat.Streams.Sinks;

/// <summary>Records of one epoch for one partition; kept in the checkpoint and appended after it under a key that makes a repetition harmless.</summary>
internal sealed record StagedAppend(string Topic, string IdempotencyKey, ImmutableArray<PendingRecord> Records, int Partition = 0);
