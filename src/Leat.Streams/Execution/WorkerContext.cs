using Leat.Core;
using Leat.Log;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>What the stages of one worker know about the chunk they are in: which records it came from, and what is late. Owned by the worker.</summary>
internal sealed class WorkerContext(RunOutputs outputs, JobClock clock)
{
    private const int MaxReason = 300;
    private PartitionProgress? _partition;
    private long _others;
    private long _promised = long.MinValue;

    public SourceChunk Source { get; } = new(Chunk<int>.DefaultCapacity);

    /// <summary>Watermark that all later records of this worker are judged with at least.</summary>
    public long Promised => Volatile.Read(ref _promised);

    /// <summary>No record of the chunk is judged with more than this.</summary>
    public long LatestJudgement { get; private set; }

    /// <summary>Append times of the oldest and newest record not yet flushed; newest 0 when there is none.</summary>
    public (long Oldest, long Newest) UnflushedMs { get; private set; } = (long.MaxValue, 0);

    public void Begin(PartitionProgress partition) => (_partition, _others) = (partition, clock.Others(partition));

    /// <summary>All watermarks of the chunk are known.</summary>
    public void Judge(long partitionWatermark) => LatestJudgement = Math.Max(_promised, Math.Min(_others, partitionWatermark));

    public long JudgementOf(int ordinal) => Math.Max(_promised, Math.Min(_others, Source.WatermarksBefore[ordinal]));

    /// <summary>All that was gathered is merged: from now on records are judged with the job's watermark.</summary>
    public void Flushed(long watermark)
    {
        if (watermark > _promised) Volatile.Write(ref _promised, watermark);
        if (UnflushedMs.Newest > 0) outputs.Visible(UnflushedMs.Oldest, UnflushedMs.Newest);
        UnflushedMs = (long.MaxValue, 0);
    }

    public void Processed(int records)
    {
        outputs.Read(records);
        if (records == 0) return;
        UnflushedMs = (Math.Min(UnflushedMs.Oldest, Source.TimestampsMs[0]), Math.Max(UnflushedMs.Newest, Source.TimestampsMs[records - 1]));
    }

    public void UserFault(int ordinal, string operation, Exception error)
    {
        var (code, reason) = error is LeatException known ? (known.Code, known.What) : ("LEAT2114", $"{error.GetType().Name}: {error.Message}");
        Dead(ordinal, code, $"{operation}: {reason}");
    }

    public void Dead(int ordinal, string code, string reason)
    {
        if (reason.Length > MaxReason) reason = reason[..MaxReason];
        var partition = _partition!.Partition;
        outputs.Dead($"{partition.Topic}.dlq", Record(ordinal,
            [KeyValuePair.Create(WellKnownHeaders.DeadLetterCode, code), KeyValuePair.Create(WellKnownHeaders.DeadLetterReason, reason), Origin(ordinal)]), $"{code}: {reason}");
    }

    public void Late(int ordinal, string? topic) => outputs.Late(topic, Record(ordinal, [Origin(ordinal)]));

    private KeyValuePair<string, string> Origin(int ordinal) => KeyValuePair.Create(WellKnownHeaders.DeadLetterSource, $"{_partition!.Partition}@{Source.Offsets[ordinal]}");

    private PendingRecord Record(int ordinal, KeyValuePair<string, string>[] headers) => new(Source.TimestampsMs[ordinal], Source.Key(ordinal), Source.Value(ordinal), headers);
}
