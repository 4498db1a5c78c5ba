using Leat.Core;

namespace Leat.Log;

/// <summary>Tells clients what there is and that this broker is the one for everything.</summary>
internal sealed class MetadataHandler(KafkaPortParts parts, Broker broker)
{
    private const string ClusterId = "leat";

    public async ValueTask<KafkaWriter?> DescribeAsync(KafkaRequest request)
    {
        var body = request.Read(MetadataApi.Read);
        var topics = new List<MetadataApi.Topic>();
        if (body.Topics is null) topics.AddRange(parts.Batches.AllTopics.Select(Found));
        else
        {
            foreach (var name in body.Topics) topics.Add(await FindOrCreateAsync(name, body.MayCreate, request).ConfigureAwait(false));
        }
        var writer = request.Respond();
        MetadataApi.Write(writer, new MetadataApi.Response(broker, ClusterId, topics));
        return writer;
    }

    public KafkaWriter FindCoordinator(KafkaRequest request)
    {
        var body = request.Read(FindCoordinatorApi.Read);
        var known = body.KeyType is FindCoordinatorApi.Group or FindCoordinatorApi.Transaction;
        var writer = request.Respond();
        FindCoordinatorApi.Write(writer, body, known ? KafkaError.None : KafkaError.InvalidRequest, broker);
        return writer;
    }

    private static MetadataApi.Topic Found(TopicInfo topic) => new(KafkaError.None, topic.Name, topic.Name.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal), topic.Partitions);

    private async ValueTask<MetadataApi.Topic> FindOrCreateAsync(string? name, bool mayCreate, KafkaRequest request)
    {
        if (name is null) return new(KafkaError.UnknownTopicOrPartition, null, false, 0);
        if (parts.Batches.Find(name) is { } topic) return Found(topic);
        if (!mayCreate || !parts.Options.KafkaAutoCreate || name.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)) return new(KafkaError.UnknownTopicOrPartition, name, false, 0);
        try
        {
            var created = await parts.Log.CreateTopicAsync(name, new TopicOptions { Partitions = parts.Options.KafkaPartitions }, request.Ct).ConfigureAwait(false);
            parts.Logger.TopicCreated(request.Client.Host, name, created.Partitions);
            return Found(created);
        }
        catch (LeatException) when (parts.Batches.Find(name) is { } other)
        {
            return Found(other); // somebody else made it with other settings at the same moment
        }
        catch (LeatException e)
        {
            return new(KafkaErrorOf.Code(e), name, false, 0);
        }
    }
}
