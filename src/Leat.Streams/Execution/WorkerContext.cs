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
        var headers = new DeadLetterReason(code, reason, Origin(ordinal)).AddTo(OwnHeaders(ordinal));
        outputs.Dead(DeadLetterTopics.For(_partition!.Partition.Topic), Record(ordinal, headers), $"{code}: {reason}");
    }

    public void Late(int ordinal, string? topic) => outputs.Late(topic, Record(ordinal, OwnHeaders(ordinal).Add(WellKnownHeaders.DeadLetterSource, Origin(ordinal))));

    private RecordHeaders OwnHeaders(int ordinal) => new RecordHeaders().AddOwn(Source.Headers(ordinal));

    private string Origin(int ordinal) => DeadLetterTopics.Source(_partition!.Partition, Source.Offsets[ordinal]);

    private PendingRecord Record(int ordinal, RecordHeaders headers) => new(Source.TimestampsMs[ordinal], Source.Key(ordinal), Source.Value(ordinal), [], headers.Encoded.ToArray(), Source.AreTombstones[ordinal]);
}
