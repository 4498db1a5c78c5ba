using System.Collections.Immutable;
using Leat.Streams.Sinks;

namespace Leat.Streams.Checkpoints;

/// <summary>The commit point of an epoch: from here a job goes on as if it had never stopped.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Incarnation">Life of the job; changed by a reset.</param>
/// <param name="Signature">Graph that the state belongs to.</param>
/// <param name="Watermark">Job's watermark, ticks since 1970.</param>
/// <param name="Journal">File of the state, in the same folder.</param>
/// <param name="JournalLength">Bytes of it that belong to this epoch or earlier ones.</param>
/// <param name="Partitions">Where to read on.</param>
/// <param name="LateEvents">Since the first start.</param>
/// <param name="DeadEvents">Since the first start.</param>
/// <param name="Lake">What the lake sinks commit.</param>
/// <param name="Appends">What goes to the late and dead-letter topics.</param>
internal sealed record CheckpointRecord(
    long Epoch, string Incarnation, string Signature, long Watermark, string Journal, long JournalLength, ImmutableArray<PartitionMark> Partitions,
    long LateEvents, long DeadEvents, ImmutableArray<LakeManifest> Lake, ImmutableArray<StagedAppend> Appends)
{
    /// <summary>Operators that the journal holds state of, by their place in it; default in records of before operators had ids, which <see cref="Signature"/> alone describes.</summary>
    public ImmutableArray<SavedPart> Operators { get; init; }

    /// <summary>Lake sinks that the journal holds rows of, by their place in it.</summary>
    public ImmutableArray<SavedPart> Sinks { get; init; }

    /// <summary>Length of the journal when it was whole; 0 in records that do not say.</summary>
    public long WholeBytes { get; init; }

    /// <summary>Rows for sinks that take them from files.</summary>
    public ImmutableArray<SinkManifest> SinkRows { get; init; } = [];

    /// <summary><see cref="Appends"/> go to their topics in one transaction.</summary>
    public bool InTransaction { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime TakenAt { get; init; }
}
