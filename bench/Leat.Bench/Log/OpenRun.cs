using System.Diagnostics;
using Leat.Log;

namespace Leat.Bench.Log;

/// <summary>Opens a log of a thousand segments, and counts what is in it.</summary>
internal sealed class OpenRun(string folder, LogInput input, int segmentBytes)
{
    public const int Segments = 1000;
    private const string Topic = "segments";
    private static readonly TopicPartition Only = new(Topic, 0);
    private long _records;

    /// <summary>Writes the segments; the log is closed in an orderly way afterwards.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        await using var log = EmbeddedLog.Open(folder);
        await log.CreateTopicAsync(Topic, new TopicOptions { SegmentBytes = segmentBytes, Durability = Durability.Never }, ct);
        var patterns = input.CopyPatterns();
        var builder = new RecordBatchBuilder();
        var inBatch = Math.Min(LogInput.BatchRecords, segmentBytes / 2 / LogInput.ValueBytes);
        while (Directory.EnumerateFiles(Path.Combine(folder, Topic, "0"), "*.log").Count() < Segments)
        {
            for (var filled = 0L; filled < segmentBytes; filled += builder.SizeBytes)
            {
                builder.Clear();
                for (var slot = 0; slot < inBatch; slot++) builder.Add(_records, default, LogInput.Stamp(patterns, slot, 0, _records + slot));
                await log.AppendAsync(Only, builder, null, ct);
                _records += inBatch;
            }
        }
    }

    /// <returns>Milliseconds, and whether all records are there.</returns>
    public async Task<(double Ms, bool Complete)> MeasureAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var log = EmbeddedLog.Open(folder);
        var ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var partition = await log.DescribeAsync(Only, ct);
        return (ms, partition.StartOffset == 0 && partition.EndOffsetExcl == _records && log.Recoveries.Count == 0);
    }

    /// <summary>Whether every record can be read after the openings.</summary>
    public async Task<BenchCheck> CheckAsync()
    {
        await using var log = EmbeddedLog.Open(folder);
        var read = await ReadRun.MeasureAsync(log, Topic, 1);
        var segments = Directory.EnumerateFiles(Path.Combine(folder, Topic, "0"), "*.log").Count();
        return new BenchCheck("segments_are_complete", read.Records == _records && read.Faults == 0 && segments >= Segments, FormattableString.Invariant($"{segments} segments of {segmentBytes} bytes, {read.Records} of {_records} records, {read.Faults} wrong"));
    }
}
