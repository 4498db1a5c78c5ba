using System.Diagnostics;
using Leat.Log;

namespace Leat.Bench.Log;

/// <summary>Reads a topic from its start to its end and holds every record against what its producer wrote.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Bytes">Bytes of their values.</param>
/// <param name="Seconds">From opening the readers to the last record.</param>
/// <param name="Faults">Records that were out of order, twice, missing or not what was written.</param>
internal sealed record ReadRun(long Records, long Bytes, double Seconds, long Faults)
{
    private const int ReadBytes = 1 << 20;

    /// <summary>One reader a partition, all at once. Looks at the tag of each record and at its length.</summary>
    public static async Task<ReadRun> MeasureAsync(IEventLog log, string topic, int producers)
    {
        var watch = Stopwatch.StartNew();
        var partitions = (await log.FindTopicAsync(topic, CancellationToken.None))!.Partitions;
        var parts = await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Task.Run(() => ReadAsync(log, new TopicPartition(topic, p), new Tags(producers)))));
        return new ReadRun(parts.Sum(p => p.Records), parts.Sum(p => p.Bytes), watch.Elapsed.TotalSeconds, parts.Sum(p => p.Faults));
    }

    /// <summary>One reader over one partition.</summary>
    public static async Task<ReadRun> MeasureOneAsync(IEventLog log, TopicPartition partition, int producers)
    {
        var watch = Stopwatch.StartNew();
        var part = await Task.Run(() => ReadAsync(log, partition, new Tags(producers)));
        return new ReadRun(part.Records, part.Bytes, watch.Elapsed.TotalSeconds, part.Faults);
    }

    /// <summary>Compares every byte; not for timing.</summary>
    public static async Task<ReadRun> VerifyAsync(IEventLog log, string topic, int producers, LogInput input)
    {
        var partitions = (await log.FindTopicAsync(topic, CancellationToken.None))!.Partitions;
        var parts = await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Task.Run(() => ReadAsync(log, new TopicPartition(topic, p), new Tags(producers) { Input = input }))));
        return new ReadRun(parts.Sum(p => p.Records), parts.Sum(p => p.Bytes), 0, parts.Sum(p => p.Faults));
    }

    private static async Task<Tags> ReadAsync(IEventLog log, TopicPartition partition, Tags tags)
    {
        var end = (await log.DescribeAsync(partition, CancellationToken.None)).EndOffsetExcl;
        await using var reader = log.OpenReader(partition, 0);
        while (reader.Position < end)
        {
            using var block = await reader.ReadAsync(ReadBytes, TimeSpan.Zero, CancellationToken.None);
            if (block is null) break;
            tags.Look(block);
        }
        return tags;
    }

    /// <summary>What one reader has seen; used by one thread.</summary>
    private sealed class Tags(int producers)
    {
        private readonly long[] _next = new long[producers];

        /// <summary>Set to compare whole values.</summary>
        public LogInput? Input { get; init; }

        public long Records { get; private set; }

        public long Bytes { get; private set; }

        public long Faults { get; private set; }

        public void Look(RecordBlock block)
        {
            var (records, bytes, faults) = (0L, 0L, 0L);
            foreach (ref readonly var record in block)
            {
                var value = record.Value;
                var (producer, number) = LogInput.TagOf(value);
                if (number != _next[producer]++) faults++;
                if (Input is not null && !Input.IsIntact(value, number)) faults++;
                bytes += value.Length;
                records++;
            }
            Records += records;
            Bytes += bytes;
            Faults += faults;
        }
    }
}
