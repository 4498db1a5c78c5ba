namespace Leat.Log;

/// <summary>What one transaction of a replay puts back.</summary>
internal sealed class ReplayRound(TopicInfo target, string letters)
{
    private const int FullAt = 512 << 10;
    private readonly SortedDictionary<TopicPartition, List<RecordBatchBuilder>> _batches = new(Comparer<TopicPartition>.Create((a, b) => (a.Topic, a.Partition).CompareTo((b.Topic, b.Partition))));
    private readonly RecordHeaders _headers = new();
    private readonly DeadLetterWriter _writer = new();

    public bool IsEmpty => _batches.Count == 0;

    /// <summary>The letter's record goes to its topic, without what made it a letter.</summary>
    public void PutBack(in LogRecord letter, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, string source)
    {
        _headers.Clear();
        _ = _headers.AddOwn(letter.EncodedHeaders);
        var batch = Batch(new TopicPartition(target.Name, PartitionOf(letter, key, source)), value.Length);
        if (letter.IsTombstone && value.IsEmpty) batch.AddTombstone(letter.TimestampMs, key, _headers);
        else batch.Add(letter.TimestampMs, key, value, _headers);
    }

    /// <summary>The repaired record becomes a letter of its own, with its new reason; the old one is done.</summary>
    public void Replace(in LogRecord letter, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in DeadLetterReason why)
    {
        var record = new DeadRecord(letter.TimestampMs, key, value) { Headers = new RecordHeaders().AddOwn(letter.EncodedHeaders), IsTombstone = letter.IsTombstone && value.IsEmpty };
        _writer.Add(Batch(new TopicPartition(letters, partition), value.Length), record, why);
    }

    /// <summary>Batch for the ledger.</summary>
    public RecordBatchBuilder Ledger => Batch(ReplayLedger.Partition, 0);

    /// <summary>All of it in one transaction: everything is there when this completes, and nothing when it was cut off before.</summary>
    public async Task CommitAsync(ITransactionalProducer producer, CancellationToken ct)
    {
        await producer.BeginAsync(ct).ConfigureAwait(false);
        foreach (var (partition, batches) in _batches)
        {
            foreach (var batch in batches) _ = await producer.AppendAsync(partition, batch, ct).ConfigureAwait(false);
        }
        await producer.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private RecordBatchBuilder Batch(TopicPartition partition, int more)
    {
        if (!_batches.TryGetValue(partition, out var batches)) _batches.Add(partition, batches = []);
        if (batches.Count == 0 || (batches[^1].Count > 0 && batches[^1].SizeBytes + more > FullAt)) batches.Add(new RecordBatchBuilder());
        return batches[^1];
    }

    /// <summary>The partition it came from; else that of its key; else by offset, so that a repetition chooses the same.</summary>
    private int PartitionOf(in LogRecord letter, ReadOnlySpan<byte> key, string source)
    {
        if (DeadLetterTopics.TryParseSource(source, out var from, out _) && from.Topic == target.Name && from.Partition < target.Partitions && key.SequenceEqual(letter.Key)) return from.Partition;
        return key.IsEmpty ? (int)(letter.Offset % target.Partitions) : Partitioner.For(key, target.Partitions);
    }
}
