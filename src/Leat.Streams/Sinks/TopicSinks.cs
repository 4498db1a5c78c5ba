using System.Collections.Immutable;
using Leat.Log;

namespace Leat.Streams.Sinks;

/// <summary>Records of a job on their way to topics, late and dead ones among them, exactly once: gathered, kept in the checkpoint, then appended. Thread-safe.</summary>
internal sealed class TopicSinks
{
    private const int MaxRecordsAnAppend = 10_000;
    private const long MaxBytesAnAppend = 512 * 1024;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Topic, int Partition), List<PendingRecord>> _pending = new(Comparer<(string Topic, int Partition)>.Create(
        (a, b) => string.CompareOrdinal(a.Topic, b.Topic) is not 0 and var order ? order : a.Partition.CompareTo(b.Partition)));
    private long _bytes;

    public long SizeBytes => Interlocked.Read(ref _bytes);

    public void Add(string topic, PendingRecord record)
    {
        lock (_gate) Add((topic, 0), record);
    }

    /// <summary>Adds records, each with its partition, in order.</summary>
    public void Add(string topic, IEnumerable<(int Partition, PendingRecord Record)> records)
    {
        lock (_gate)
            foreach (var (partition, record) in records) Add((topic, partition), record);
    }

    /// <summary>All that is gathered, as the appends of this epoch.</summary>
    public ImmutableArray<StagedAppend> Stage(string keyPrefix)
    {
        lock (_gate)
        {
            var staged = ImmutableArray.CreateBuilder<StagedAppend>();
            foreach (var ((topic, partition), records) in _pending)
            {
                var part = 0;
                foreach (var piece in Pieces(records)) staged.Add(new StagedAppend(topic, $"{keyPrefix}/{topic}/{partition}/{part++}", piece, partition));
            }

            _pending.Clear();
            _bytes = 0;
            return staged.ToImmutable();
        }
    }

    /// <summary>Appends without a transaction, as checkpoints of before there were any began it: each piece under its key.</summary>
    public static async Task AppendAsync(IEventLog log, IEnumerable<StagedAppend> appends, CancellationToken ct)
    {
        foreach (var append in appends)
        {
            if (await log.FindTopicAsync(append.Topic, ct).ConfigureAwait(false) is null)
                await log.CreateTopicAsync(append.Topic, new TopicOptions(), ct).ConfigureAwait(false);
            await log.AppendAsync(new TopicPartition(append.Topic, append.Partition), Batch(append), append.IdempotencyKey, ct).ConfigureAwait(false);
        }
    }

    public static RecordBatchBuilder Batch(StagedAppend append)
    {
        var batch = new RecordBatchBuilder();
        foreach (var record in append.Records) Add(batch, record);
        return batch;
    }

    private void Add((string Topic, int Partition) to, PendingRecord record)
    {
        if (!_pending.TryGetValue(to, out var records)) _pending.Add(to, records = []);
        records.Add(record);
        _bytes += record.SizeBytes;
    }

    private static void Add(RecordBatchBuilder batch, PendingRecord record)
    {
        var headers = record.EncodedHeaders is { } encoded ? RecordHeaders.Decode(encoded) : null;
        if (record.IsTombstone) batch.AddTombstone(record.TimestampMs, record.Key, headers ?? new RecordHeaders());
        else if (headers is not null) batch.Add(record.TimestampMs, record.Key, record.Value, headers);
        else batch.Add(record.TimestampMs, record.Key, record.Value, record.Headers);
    }

    private static IEnumerable<ImmutableArray<PendingRecord>> Pieces(List<PendingRecord> records)
    {
        var piece = ImmutableArray.CreateBuilder<PendingRecord>();
        long bytes = 0;
        foreach (var record in records)
        {
            if (piece.Count > 0 && (piece.Count >= MaxRecordsAnAppend || bytes + record.SizeBytes > MaxBytesAnAppend))
            {
                yield return piece.DrainToImmutable();
                bytes = 0;
            }

            piece.Add(record);
            bytes += record.SizeBytes;
        }

        if (piece.Count > 0) yield return piece.ToImmutable();
    }
}
