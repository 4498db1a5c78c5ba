namespace Leat.Log.Tests;

/// <summary>Uses a log the way the Kafka port does.</summary>
internal static class Client
{
    public static ValueTask<BatchAppend> Send(this EmbeddedLog log, ClientBatch batch, Func<bool>? admit = null, TopicPartition? to = null) => log.SendBytes(batch.Encode(), admit, to);

    public static ValueTask<BatchAppend> SendBytes(this EmbeddedLog log, byte[] batch, Func<bool>? admit = null, TopicPartition? to = null) =>
        ((IBatchLog)log).AppendBatchAsync(to ?? Batches.First, batch, admit, default);

    public static ValueTask<KafkaError> End(this EmbeddedLog log, long producer, short epoch, bool commit, TopicPartition? to = null) =>
        ((IBatchLog)log).AppendMarkerAsync(to ?? Batches.First, new TransactionMarker(producer, epoch, commit), default);

    public static ValueTask<BatchFetch> Fetch(this EmbeddedLog log, long from, int maxBytes, bool committedOnly, TopicPartition? of = null) =>
        ((IBatchLog)log).FetchAsync(of ?? Batches.First, from, maxBytes, committedOnly);

    /// <summary>What a Kafka client shows its user: with committedOnly it drops aborted records by the list that came with the bytes.</summary>
    public static async Task<List<WireRecord>> ReadAsClient(this EmbeddedLog log, bool committedOnly, long from = 0, int maxBytes = 1000, TopicPartition? of = null)
    {
        var records = new List<WireRecord>();
        while (true)
        {
            using var fetch = await log.Fetch(from, maxBytes, committedOnly, of);
            Assert.Equal(KafkaError.None, fetch.Error);
            Assert.InRange(fetch.LastStableOffset, fetch.StartOffset, fetch.HighWatermark);
            if (fetch.Bytes.IsEmpty) return records;
            var batches = WireBatch.Parse(fetch.Bytes.Span);
            records.AddRange(Filter(batches, fetch.Aborted, committedOnly).Where(r => r.Offset >= from));
            from = batches[^1].EndOffsetExcl;
            if (committedOnly) Assert.True(from <= fetch.LastStableOffset, $"bytes up to {from}, stable up to {fetch.LastStableOffset}");
        }
    }

    private static IEnumerable<WireRecord> Filter(List<WireBatch> batches, IReadOnlyList<AbortedTransaction> aborted, bool committedOnly)
    {
        var coming = new Queue<AbortedTransaction>(aborted.OrderBy(a => a.FirstOffset));
        var inside = new HashSet<long>();
        foreach (var batch in batches)
        {
            while (committedOnly && coming.TryPeek(out var next) && next.FirstOffset < batch.EndOffsetExcl) inside.Add(coming.Dequeue().ProducerId);
            if (batch.IsControl)
            {
                if (!batch.Commits) inside.Remove(batch.ProducerId);
                continue;
            }
            if (batch.IsTransactional && inside.Contains(batch.ProducerId)) continue;
            foreach (var record in batch.Records) yield return record;
        }
    }
}
