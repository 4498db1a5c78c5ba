using Leat.Log;

namespace Leat.Serve.Collector;

/// <summary>Records of one request for one partition: one batch, or several where one would pass the log's limit. Each is appended under its own idempotency key, the same on a retry.</summary>
internal sealed class PartitionPart(BuilderPool pool) : IDisposable
{
    // Below the smallest default limit of a batch (8 MB), with room for one more event.
    private const int FullAt = 4 << 20;

    private readonly List<RecordBatchBuilder> _batches = [];

    public bool IsEmpty => _batches.Count == 0;

    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, RecordHeaders? headers)
    {
        var batch = BatchFor(value.Length);
        if (headers is null) batch.Add(timestampMs, key, value);
        else batch.Add(timestampMs, key, value, headers);
    }

    public void AddDead(in DeadRecord record, in DeadLetterReason why) => new DeadLetterWriter().Add(BatchFor(record.Value.Length), record, why);

    /// <summary>Appends in order. Never cancelled: a client that leaves must not leave a half-stored request whose builder is in use.</summary>
    /// <returns>Whether every batch had been stored before.</returns>
    public async Task<bool> AppendAsync(IEventLog log, TopicPartition target, string? key)
    {
        var duplicate = true;
        for (var i = 0; i < _batches.Count; i++)
        {
            var batchKey = key is null || i == 0 ? key : $"{key}/{i + 1}";
            duplicate &= (await log.AppendAsync(target, _batches[i], batchKey, CancellationToken.None).ConfigureAwait(false)).Duplicate;
        }
        return duplicate;
    }

    private RecordBatchBuilder BatchFor(int valueBytes)
    {
        if (_batches.Count == 0 || _batches[^1].SizeBytes + valueBytes > FullAt) _batches.Add(pool.Rent());
        return _batches[^1];
    }

    public void Dispose()
    {
        foreach (var batch in _batches) pool.Return(batch);
        _batches.Clear();
    }
}
