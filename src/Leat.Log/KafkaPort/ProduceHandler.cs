using System.Buffers.Binary;

namespace Leat.Log;

/// <summary>Produce: batches go into the log as they are.</summary>
internal sealed class ProduceHandler(KafkaPortParts parts)
{
    private const int AttributesAt = 21;
    private const int ProducerIdAt = 43;
    private const int ProducerEpochAt = 51;

    /// <remarks>All appends are begun, in order, before the first await, so that requests that follow each other share an fsync.</remarks>
    public async ValueTask<KafkaWriter?> ProduceAsync(KafkaRequest request)
    {
        var body = request.Read(ProduceApi.Read);
        var begun = Regroup.Each(body.Topics, (topic, p) => (p.Index, Append: AppendAsync(new TopicPartition(topic, p.Index), p.Records, body.Acks)));
        // The batches lie in the memory of the request: it must not go back to the pool while the log still reads any of them, also when one fails.
        await Task.WhenAll(begun.SelectMany(t => t.Items.Select(i => i.Append))).ConfigureAwait(false);
        var topics = await Regroup.EachAsync(begun, async (_, b) => new ProduceApi.PartitionResult(b.Index, await b.Append.ConfigureAwait(false))).ConfigureAwait(false);
        if (body.Acks == 0)
        {
            var refused = topics.SelectMany(t => t.Items.Select(i => (t.Topic, i.Index, i.Append))).FirstOrDefault(r => r.Append.Error != KafkaError.None);
            return refused.Topic is null ? null : throw new ConnectionEndException($"{refused.Topic}[{refused.Index}]: {refused.Append.Error}: {refused.Append.Message}; with acks=0 there is no other way to tell");
        }
        var writer = request.Respond();
        ProduceApi.Write(writer, topics);
        return writer;
    }

    private async Task<BatchAppend> AppendAsync(TopicPartition partition, Memory<byte> batch, short acks)
    {
        if (acks is not (0 or 1 or -1)) return Refused(KafkaError.InvalidRequiredAcks, $"acks is {acks}; it must be 0, 1 or -1");
        if (partition.Topic.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)) return Refused(KafkaError.InvalidTopic, "the topic belongs to the log");
        AppendLease? lease = null;
        if (IsTransactional(batch.Span))
        {
            var error = parts.Transactions.TryAppend(BinaryPrimitives.ReadInt64BigEndian(batch.Span[ProducerIdAt..]), BinaryPrimitives.ReadInt16BigEndian(batch.Span[ProducerEpochAt..]), partition, out lease);
            if (error != KafkaError.None) return Refused(error, "the batch belongs to no open transaction of its producer");
        }
        using (lease) return await parts.Batches.AppendBatchAsync(partition, batch, null, CancellationToken.None).ConfigureAwait(false);
    }

    private static bool IsTransactional(ReadOnlySpan<byte> batch) =>
        batch.Length >= BatchHeader.Size && (BinaryPrimitives.ReadInt16BigEndian(batch[AttributesAt..]) & BatchHeader.TransactionalBit) != 0;

    private static BatchAppend Refused(KafkaError error, string message) => new(error, -1, -1, -1, message);
}
