using System.Text.Json;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>What the stages of one worker, or of the coordinator, know about the chunk they are in: which records it came from, and what is late. Owned by the worker.</summary>
internal sealed class WorkerContext(RunOutputs outputs, JobClock clock)
{
    /// <summary>Ordinal of rows that do not come from a record of the chunk: results of windows, of timers.</summary>
    public const int Derived = -1;

    private PartitionProgress? _partition;
    private long _others;
    private bool _hasRecords;
    private long _promised = long.MinValue;

    public SourceChunk Source { get; } = new(Chunk<int>.DefaultCapacity);

    /// <summary>Watermark that all later records of this worker are judged with at least.</summary>
    public long Promised => Volatile.Read(ref _promised);

    /// <summary>No record of the chunk is judged with more than this.</summary>
    public long LatestJudgement { get; private set; }

    /// <summary>Append times of the oldest and newest record not yet flushed; newest 0 when there is none.</summary>
    public (long Oldest, long Newest) UnflushedMs { get; private set; } = (long.MaxValue, 0);

    /// <summary>The job stops: what waits must not wait any longer.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>The job's clock.</summary>
    public TimeProvider Clock => outputs.Time;

    /// <summary>What follows are rows of the coordinator, judged with the watermark that it had before.</summary>
    public void BeginDerived() => (_partition, _others, _hasRecords, LatestJudgement) = (null, long.MinValue, false, _promised);

    /// <summary>A chunk of the partition follows.</summary>
    /// <param name="partition">Where the rows come from.</param>
    /// <param name="hasRecords">Whether each row has a record in <see cref="Source"/>.</param>
    public void Begin(PartitionProgress partition, bool hasRecords = true) => (_partition, _others, _hasRecords) = (partition, clock.Others(partition), hasRecords);

    /// <summary>All watermarks of the chunk are known.</summary>
    public void Judge(long partitionWatermark) => LatestJudgement = Math.Max(_promised, Math.Min(_others, partitionWatermark));

    public long JudgementOf(int ordinal) => ordinal < 0 ? _promised : Math.Max(_promised, Math.Min(_others, Source.Origins[ordinal].WatermarkBefore));

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
        if (!_hasRecords) return;
        UnflushedMs = (Math.Min(UnflushedMs.Oldest, Source.Origins[0].TimestampMs), Math.Max(UnflushedMs.Newest, Source.Origins[records - 1].TimestampMs));
    }

    public void UserFault(int ordinal, string operation, Exception error)
    {
        var (code, reason) = Explain(operation, error);
        Dead(ordinal, code, reason);
    }

    /// <summary>User code threw for a row: its record becomes a dead letter, or the row itself where it has none.</summary>
    public void UserFault<T>(T row, int ordinal, string operation, Exception error)
    {
        if (HasRecord(ordinal)) UserFault(ordinal, operation, error);
        else DeadLetter(DerivedJson<T>.Of(row), operation, error);
    }

    /// <inheritdoc cref="UserFault{T}(T, int, string, Exception)"/>
    public void UserFault<T>(Chunk<T> chunk, int index, string operation, Exception error) => UserFault(chunk.Items[index], chunk.Ordinals[index], operation, error);

    /// <summary>User code threw for a timer.</summary>
    public void TimerFault(string operation, string key, DateTime time, Exception error) =>
        DeadLetter(JsonSerializer.SerializeToUtf8Bytes(new { timer = time, key }), operation, error);

    public void Dead(int ordinal, string code, string reason)
    {
        var headers = new DeadLetterReason(code, reason, Origin(ordinal)).AddTo(OwnHeaders(ordinal));
        outputs.Dead(DeadLetterTopics.For(_partition!.Partition.Topic), Record(ordinal, headers), $"{code}: {reason}");
    }

    /// <summary>A row that stands for no record.</summary>
    /// <param name="json">The row.</param>
    /// <param name="code">Of the error.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="place">Where the row is.</param>
    public void Dead(byte[] json, string code, string reason, string place)
    {
        var headers = new DeadLetterReason(code, reason, place).AddTo(new RecordHeaders());
        outputs.Dead(DeadLetterTopics.For(outputs.Job), new PendingRecord(Clock.GetUtcNow().ToUnixTimeMilliseconds(), [], json, [], headers.Encoded.ToArray()), $"{code}: {reason}");
    }

    public void Late(int ordinal, string? topic) => outputs.Late(topic, Record(ordinal, OwnHeaders(ordinal).Add(WellKnownHeaders.DeadLetterSource, Origin(ordinal))));

    /// <summary>The row is late: its record, or the row itself where it has none, goes to a late topic.</summary>
    public void Late<T>(Chunk<T> chunk, int index, string? topic)
    {
        if (HasRecord(chunk.Ordinals[index])) Late(chunk.Ordinals[index], topic);
        else outputs.Late(topic, new PendingRecord(chunk.Times[index] / TimeSpan.TicksPerMillisecond, [], DerivedJson<T>.Of(chunk.Items[index]), []));
    }

    private static (string Code, string Reason) Explain(string operation, Exception error)
    {
        var (code, reason) = error is LeatException known ? (known.Code, known.What) : ("LEAT2114", $"{error.GetType().Name}: {error.Message}");
        return (code, $"{operation}: {reason}");
    }

    private void DeadLetter(byte[] json, string operation, Exception error)
    {
        var (code, reason) = Explain(operation, error);
        Dead(json, code, reason, $"{outputs.Job}/{operation}");
    }

    private bool HasRecord(int ordinal) => _hasRecords && ordinal >= 0;

    private RecordHeaders OwnHeaders(int ordinal) => new RecordHeaders().AddOwn(Source.Headers(ordinal));

    private string Origin(int ordinal) => DeadLetterTopics.Source(_partition!.Partition, Source.Origins[ordinal].Offset);

    private PendingRecord Record(int ordinal, RecordHeaders headers) => new(Source.Origins[ordinal].TimestampMs, Source.Key(ordinal), Source.Value(ordinal), [], headers.Encoded.ToArray(), Source.Origins[ordinal].IsTombstone);
}
