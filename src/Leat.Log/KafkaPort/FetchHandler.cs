namespace Leat.Log;

/// <summary>Fetch: waits until enough is there or the client's patience ends.</summary>
internal sealed class FetchHandler(KafkaPortParts parts, CancellationToken stopping)
{
    public async ValueTask<KafkaWriter?> FetchAsync(KafkaRequest request)
    {
        var body = request.Read(FetchApi.Read);
        if (body.Session.Id != 0) return Respond(request, body, KafkaError.FetchSessionIdNotFound, []);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Ct, stopping);
        var begun = parts.Time.GetTimestamp();
        var patience = TimeSpan.FromMilliseconds(Math.Max(0, body.MaxWaitMs));
        while (true)
        {
            var results = await ReadAsync(body).ConfigureAwait(false);
            var left = patience - parts.Time.GetElapsedTime(begun);
            if (IsEnough(results, body.MinBytes) || left <= TimeSpan.Zero || stopping.IsCancellationRequested) return Respond(request, body, KafkaError.None, results);
            var seen = Seen(results, body.CommittedOnly);
            Release(results);
            await WaitAsync(seen, body.CommittedOnly, left, stop.Token).ConfigureAwait(false);
            request.Ct.ThrowIfCancellationRequested();
        }
    }

    private static KafkaWriter Respond(KafkaRequest request, FetchApi.Request body, KafkaError error, List<ByTopic<FetchApi.PartitionResult>> results)
    {
        var writer = request.Respond();
        FetchApi.Write(writer, error, results, body.CommittedOnly);
        return writer;
    }

    /// <summary>As much as the limits allow; partitions that come after the limit tell their ends only.</summary>
    private async ValueTask<List<ByTopic<FetchApi.PartitionResult>>> ReadAsync(FetchApi.Request body)
    {
        var left = Math.Min(body.MaxBytes, parts.Options.KafkaMaxFetchBytes);
        return await Regroup.EachAsync(body.Topics, async (topic, p) =>
        {
            if (p.LeaderEpoch > 0) return new FetchApi.PartitionResult(p.Index, KafkaError.UnknownLeaderEpoch, null);
            var fetch = await parts.Batches.FetchAsync(new TopicPartition(topic, p.Index), p.FetchOffset, Math.Min(p.MaxBytes, left), body.CommittedOnly).ConfigureAwait(false);
            left = Math.Max(0, left - fetch.Bytes.Length);
            return new FetchApi.PartitionResult(p.Index, fetch.Error, fetch);
        }).ConfigureAwait(false);
    }

    private static bool IsEnough(List<ByTopic<FetchApi.PartitionResult>> results, int minBytes)
    {
        var bytes = 0L;
        foreach (var topic in results)
        {
            foreach (var result in topic.Items)
            {
                if (result.Error != KafkaError.None) return true;
                bytes += result.Fetch!.Bytes.Length;
            }
        }
        return bytes >= minBytes;
    }

    /// <summary>Where each partition ended when it was looked at.</summary>
    private static List<(TopicPartition Partition, long End)> Seen(List<ByTopic<FetchApi.PartitionResult>> results, bool committedOnly) =>
        [.. results.SelectMany(t => t.Items.Select(r => (new TopicPartition(t.Topic, r.Index), committedOnly ? r.Fetch!.LastStableOffset : r.Fetch!.HighWatermark)))];

    private static void Release(List<ByTopic<FetchApi.PartitionResult>> results)
    {
        foreach (var result in results.SelectMany(t => t.Items)) result.Fetch?.Dispose();
    }

    private async Task WaitAsync(List<(TopicPartition Partition, long End)> seen, bool committedOnly, TimeSpan left, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var waits = new List<Task>(seen.Count + 1) { Task.Delay(left, parts.Time, done.Token) };
        foreach (var (partition, end) in seen) waits.Add(parts.Batches.WhenBeyond(partition, end, committedOnly));
        _ = await Task.WhenAny(waits).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
    }
}
