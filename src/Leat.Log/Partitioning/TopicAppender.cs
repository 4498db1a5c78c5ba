namespace Leat.Log;

/// <summary>Spreads records over the partitions of a topic by key and appends them in batches. Owned by one caller at a time.</summary>
public sealed class TopicAppender
{
    private readonly IEventLog _log;
    private readonly string _topic;
    private readonly RecordBatchBuilder[] _builders;
    private int _keyless;

    /// <summary>Appends to all partitions of <paramref name="topic"/>.</summary>
    public TopicAppender(IEventLog log, TopicInfo topic)
    {
        (_log, _topic) = (log, topic.Name);
        _builders = new RecordBatchBuilder[topic.Partitions];
        for (var i = 0; i < _builders.Length; i++) _builders[i] = new RecordBatchBuilder();
    }

    /// <summary>Records added since the last flush.</summary>
    public int Count { get; private set; }

    /// <summary>Encoded bytes of the fullest partition since the last flush.</summary>
    public int LargestBatchBytes { get; private set; }

    /// <summary>Adds a record to the partition of its key; records without key go to one partition until the next flush.</summary>
    /// <returns>The partition.</returns>
    public int Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<KeyValuePair<string, string>> headers = default)
    {
        var partition = key.IsEmpty ? _keyless : Partitioner.For(key, _builders.Length);
        _builders[partition].Add(timestampMs, key, value, headers);
        Count++;
        LargestBatchBytes = Math.Max(LargestBatchBytes, _builders[partition].SizeBytes);
        return partition;
    }

    /// <summary>Appends what was added, one batch a partition, all partitions at once. Done when all are as durable as the topic promises.</summary>
    /// <param name="idempotencyKey">Protects a repetition of the whole flush with the same records.</param>
    /// <param name="ct">Cancels waiting, not the writes.</param>
    /// <returns>One result a partition that got records. After an error everything is kept, so the flush can be repeated; without a key that may store records twice.</returns>
    public async ValueTask<IReadOnlyList<(TopicPartition Partition, AppendResult Result)>> FlushAsync(string? idempotencyKey, CancellationToken ct)
    {
        var appends = new List<(TopicPartition Partition, Task<AppendResult> Done)>();
        for (var i = 0; i < _builders.Length; i++)
        {
            if (_builders[i].Count == 0) continue;
            var partition = new TopicPartition(_topic, i);
            appends.Add((partition, _log.AppendAsync(partition, _builders[i], idempotencyKey, ct).AsTask()));
        }
        _ = await Task.WhenAll(appends.Select(a => a.Done)).ConfigureAwait(false);
        foreach (var builder in _builders) builder.Clear();
        (Count, LargestBatchBytes) = (0, 0);
        _keyless = (_keyless + 1) % _builders.Length;
        var results = new List<(TopicPartition, AppendResult)>(appends.Count);
        foreach (var (partition, done) in appends) results.Add((partition, await done.ConfigureAwait(false)));
        return results;
    }
}
