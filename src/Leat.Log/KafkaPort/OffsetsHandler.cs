using Leat.Core;

namespace Leat.Log;

/// <summary>Where partitions begin and end, by time too; and removing records.</summary>
internal sealed class OffsetsHandler(KafkaPortParts parts)
{
    public async ValueTask<KafkaWriter?> ListAsync(KafkaRequest request)
    {
        var body = request.Read(ListOffsetsApi.Read);
        var topics = await Regroup.EachAsync(body.Topics, (topic, p) => FindAsync(new TopicPartition(topic, p.Index), p, body.CommittedOnly, request.Ct)).ConfigureAwait(false);
        var writer = request.Respond();
        ListOffsetsApi.Write(writer, topics);
        return writer;
    }

    public async ValueTask<KafkaWriter?> EndOfEpochAsync(KafkaRequest request)
    {
        var topics = await Regroup.EachAsync(request.Read(OffsetForLeaderEpochApi.Read), async (topic, p) =>
        {
            using var ends = await EndsAsync(new TopicPartition(topic, p.Index)).ConfigureAwait(false);
            if (ends.Error == KafkaError.UnknownTopicOrPartition) return new OffsetForLeaderEpochApi.PartitionResult(p.Index, ends.Error);
            if (p.CurrentEpoch > 0) return new OffsetForLeaderEpochApi.PartitionResult(p.Index, KafkaError.UnknownLeaderEpoch);
            return p.WantedEpoch == 0 ? new(p.Index, KafkaError.None, 0, ends.HighWatermark) : new(p.Index, KafkaError.None);
        }).ConfigureAwait(false);
        var writer = request.Respond();
        OffsetForLeaderEpochApi.Write(writer, topics);
        return writer;
    }

    public async ValueTask<KafkaWriter?> DeleteRecordsAsync(KafkaRequest request)
    {
        var topics = await Regroup.EachAsync(request.Read(DeleteRecordsApi.Read), (topic, p) => DeleteAsync(new TopicPartition(topic, p.Index), p, request.Ct)).ConfigureAwait(false);
        var writer = request.Respond();
        DeleteRecordsApi.Write(writer, topics);
        return writer;
    }

    private async ValueTask<ListOffsetsApi.PartitionResult> FindAsync(TopicPartition partition, ListOffsetsApi.Partition asked, bool committedOnly, CancellationToken ct)
    {
        using var ends = await EndsAsync(partition).ConfigureAwait(false);
        if (ends.Error == KafkaError.UnknownTopicOrPartition) return new(asked.Index, ends.Error);
        if (asked.LeaderEpoch > 0) return new(asked.Index, KafkaError.UnknownLeaderEpoch);
        switch (asked.TimestampMs)
        {
            case ListOffsetsApi.Latest: return new(asked.Index, KafkaError.None, -1, committedOnly ? ends.LastStableOffset : ends.HighWatermark);
            case ListOffsetsApi.Earliest: return new(asked.Index, KafkaError.None, -1, ends.StartOffset);
            case < 0 and not ListOffsetsApi.MaxTimestamp: return new(asked.Index, KafkaError.InvalidRequest);
            default: return await FindByTimeAsync(partition, asked, ct).ConfigureAwait(false);
        }
    }

    private async ValueTask<ListOffsetsApi.PartitionResult> FindByTimeAsync(TopicPartition partition, ListOffsetsApi.Partition asked, CancellationToken ct)
    {
        try
        {
            var newest = (await parts.Log.DescribeAsync(partition, ct).ConfigureAwait(false)).MaxTimestampMs;
            var wanted = asked.TimestampMs == ListOffsetsApi.MaxTimestamp ? newest : asked.TimestampMs;
            if (wanted > newest) return new(asked.Index, KafkaError.None);
            var offset = await parts.Log.OffsetAtAsync(partition, wanted, ct).ConfigureAwait(false);
            var reader = parts.Log.OpenReader(partition, offset);
            await using (reader.ConfigureAwait(false))
            {
                using var block = await reader.ReadAsync(1, TimeSpan.Zero, ct).ConfigureAwait(false);
                return block is { Count: > 0 } ? First(asked.Index, block) : new(asked.Index, KafkaError.None);
            }
        }
        catch (LeatException e)
        {
            return new(asked.Index, KafkaErrorOf.Code(e));
        }
    }

    private static ListOffsetsApi.PartitionResult First(int index, RecordBlock block)
    {
        foreach (ref readonly var record in block) return new(index, KafkaError.None, record.TimestampMs, record.Offset);
        return new(index, KafkaError.None);
    }

    private async ValueTask<DeleteRecordsApi.PartitionResult> DeleteAsync(TopicPartition partition, DeleteRecordsApi.Partition asked, CancellationToken ct)
    {
        if (partition.Topic.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)) return new(asked.Index, -1, KafkaError.InvalidTopic);
        try
        {
            return new(asked.Index, await parts.Log.DeleteRecordsAsync(partition, asked.Offset, ct).ConfigureAwait(false), KafkaError.None);
        }
        catch (LeatException e)
        {
            return new(asked.Index, -1, KafkaErrorOf.Code(e));
        }
    }

    /// <summary>The ends of a partition: a fetch that asks for nothing.</summary>
    private ValueTask<BatchFetch> EndsAsync(TopicPartition partition) => parts.Batches.FetchAsync(partition, long.MaxValue, 0, false);
}
