using System.Collections.Concurrent;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Answers questions about the ends of partitions, with one consumer for all. Thread-safe.</summary>
internal sealed class KafkaOffsets(KafkaLogClients clients) : IAsyncDisposable
{
    private const string NoGroup = "leat-reader";
    private const int MostTimes = 10_000;
    private static readonly int[] LooksBack = [1, 64, 4096];
    private readonly Lazy<Rd.IConsumer<KafkaPart, KafkaPart>> _consumer = new(() => clients.Consumer(NoGroup, new KafkaScratch(), "error"));
    private readonly KafkaCalls _calls = new();
    private readonly ConcurrentDictionary<TopicPartition, (long EndOffset, long TimestampMs)> _times = new();

    /// <summary>First offset kept and the end of what readers may see.</summary>
    public Task<(long Start, long EndExcl)> EndsAsync(TopicPartition partition, CancellationToken ct) => _calls.RunAsync(
        () =>
        {
            var ends = _consumer.Value.QueryWatermarkOffsets(Native(partition), clients.Options.RequestTimeout);
            return (ends.Low.Value, ends.High.Value);
        },
        partition.ToString(),
        ct);

    /// <summary>First offset at or after a time; the end when there is none.</summary>
    public async Task<long> AtAsync(TopicPartition partition, long timestampMs, CancellationToken ct)
    {
        var wanted = new Rd.TopicPartitionTimestamp(Native(partition), new Rd.Timestamp(Math.Max(0, timestampMs), Rd.TimestampType.CreateTime));
        var found = await _calls.RunAsync(() => _consumer.Value.OffsetsForTimes([wanted], clients.Options.RequestTimeout), partition.ToString(), ct).ConfigureAwait(false);
        if (found[0].Offset.Value >= 0) return found[0].Offset.Value;
        return (await EndsAsync(partition, ct).ConfigureAwait(false)).EndExcl;
    }

    /// <summary>The partition as it is. The cluster does not tell its bytes (-1), and the newest time is that of the last record.</summary>
    public async Task<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct)
    {
        var (start, end) = await EndsAsync(partition, ct).ConfigureAwait(false);
        if (start == end) return new PartitionInfo(start, end, -1, -1);
        if (!_times.TryGetValue(partition, out var known) || known.EndOffset != end)
        {
            known = (end, await LastTimeAsync(partition, start, end, ct).ConfigureAwait(false));
            if (_times.Count >= MostTimes) _times.Clear();
            _times[partition] = known;
        }
        return new PartitionInfo(start, end, -1, known.TimestampMs);
    }

    /// <summary>A topic of the same name is another one from now on.</summary>
    public void Forget(string topic)
    {
        foreach (var partition in _times.Keys.Where(p => p.Topic == topic)) _ = _times.TryRemove(partition, out _);
    }

    /// <summary>Ends when the questions under way have been answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _calls.EndedAsync().ConfigureAwait(false);
        if (_consumer.IsValueCreated) await Task.Run(_consumer.Value.Dispose).ConfigureAwait(false);
    }

    /// <summary>Looks back further while there are only markers; -1 when there is nothing but them.</summary>
    private async Task<long> LastTimeAsync(TopicPartition partition, long start, long end, CancellationToken ct)
    {
        foreach (var back in LooksBack)
        {
            var from = Math.Max(start, end - back);
            if (await LastTimeFromAsync(partition, from, end, ct).ConfigureAwait(false) is { } found) return found;
            if (from == start) break;
        }
        return -1;
    }

    private async Task<long?> LastTimeFromAsync(TopicPartition partition, long from, long end, CancellationToken ct)
    {
        long? last = null;
        await using var reader = new KafkaLogReader(clients, this, partition, from);
        while (reader.Position < end)
        {
            using var block = await reader.ReadAsync(1 << 20, TimeSpan.Zero, ct).ConfigureAwait(false);
            if (block is null) break;
            foreach (var record in block) last = Math.Max(last ?? -1, record.TimestampMs);
        }
        return last;
    }

    private static Rd.TopicPartition Native(TopicPartition partition) => new(partition.Topic, partition.Partition);
}
