using Leat.Streams.Checkpoints;

namespace Leat.Streams.Execution;

/// <summary>A checkpoint that is being written beside the workers.</summary>
/// <param name="Snapshot">What was captured.</param>
/// <param name="Written">Completes when it is durable and its sinks have committed.</param>
/// <param name="Began">Timestamp of when the workers were asked to stand still.</param>
/// <param name="Request">Who waits for it.</param>
internal sealed record RunningCheckpoint(Snapshot Snapshot, Task<CheckpointRecord> Written, long Began, TaskCompletionSource? Request);
