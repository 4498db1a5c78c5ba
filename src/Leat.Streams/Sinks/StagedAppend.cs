using System.Collections.Immutable;

namespace Leat.Streams.Sinks;

/// <summary>Records of one epoch for one partition; kept in the checkpoint and appended after it in the transaction of the epoch. The key is that of checkpoints without transaction.</summary>
internal sealed record StagedAppend(string Topic, string IdempotencyKey, ImmutableArray<PendingRecord> Records, int Partition = 0);
