using Leat.Core;

namespace Leat.Log;

/// <summary>Creates, removes and widens topics.</summary>
internal sealed class TopicsHandler(KafkaPortParts parts)
{
    public async ValueTask<KafkaWriter?> CreateAsync(KafkaRequest request)
    {
        var body = request.Read(CreateTopicsApi.Read);
        var results = new List<CreateTopicsApi.Result>();
        foreach (var topic in body.Topics) results.Add(await CreateAsync(topic, body.ValidateOnly, request.Ct).ConfigureAwait(false));
        var writer = request.Respond();
        CreateTopicsApi.Write(writer, results);
        return writer;
    }

    public async ValueTask<KafkaWriter?> DeleteAsync(KafkaRequest request)
    {
        var results = new List<DeleteTopicsApi.Result>();
        foreach (var topic in request.Read(DeleteTopicsApi.Read))
        {
            var (error, message) = await TryAsync(topic, () => parts.Log.DeleteTopicAsync(topic, request.Ct)).ConfigureAwait(false);
            results.Add(new DeleteTopicsApi.Result(topic, error, message));
        }
        var writer = request.Respond();
        DeleteTopicsApi.Write(writer, results);
        return writer;
    }

    public async ValueTask<KafkaWriter?> AddPartitionsAsync(KafkaRequest request)
    {
        var body = request.Read(CreatePartitionsApi.Read);
        var results = new List<CreatePartitionsApi.Result>();
        foreach (var topic in body.Topics)
        {
            var (error, message) = await AddPartitionsAsync(topic, body.ValidateOnly, request.Ct).ConfigureAwait(false);
            results.Add(new CreatePartitionsApi.Result(topic.Name, error, message));
        }
        var writer = request.Respond();
        CreatePartitionsApi.Write(writer, results);
        return writer;
    }

    private async ValueTask<CreateTopicsApi.Result> CreateAsync(CreateTopicsApi.Topic topic, bool validateOnly, CancellationToken ct)
    {
        if (parts.Batches.Find(topic.Name) is not null) return Refused(topic, KafkaError.TopicAlreadyExists, $"topic '{topic.Name}' exists");
        if (topic.Replicas is not (-1 or 1)) return Refused(topic, KafkaError.InvalidReplicationFactor, $"{topic.Replicas} replicas were asked for; there is one broker");
        if (topic.Assignments.Exists(a => a.Brokers is not [0])) return Refused(topic, KafkaError.InvalidReplicaAssignment, "the only broker is 0");
        var partitions = topic.Assignments.Count > 0 ? topic.Assignments.Count : topic.Partitions == -1 ? parts.Options.KafkaPartitions : topic.Partitions;
        if (partitions is < 1 or > 1024) return Refused(topic, KafkaError.InvalidPartitions, $"{partitions} partitions were asked for; 1 to 1,024 are allowed");
        var options = new TopicOptions { Partitions = partitions };
        var (error, message) = await TryAsync(topic.Name, async () =>
        {
            foreach (var config in topic.Configs) options = TopicConfig.Set(options, config.Name, config.Value);
            TopicStore.CheckName(topic.Name);
            TopicStore.CheckOptions(options);
            if (!validateOnly) _ = await parts.Log.CreateTopicAsync(topic.Name, options, ct).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return error == KafkaError.None ? new CreateTopicsApi.Result(topic.Name, error, null, partitions, ConfigsHandler.Describe(options, null)) : Refused(topic, error, message);
    }

    private async ValueTask<(KafkaError Error, string? Message)> AddPartitionsAsync(CreatePartitionsApi.Topic topic, bool validateOnly, CancellationToken ct)
    {
        if (parts.Batches.Find(topic.Name) is not { } existing) return (KafkaError.UnknownTopicOrPartition, $"there is no topic '{topic.Name}'");
        if (topic.Count <= existing.Partitions) return (KafkaError.InvalidPartitions, $"topic '{topic.Name}' has {existing.Partitions} partitions; ask for more");
        if (topic.Assignments?.Exists(a => a is not [0]) == true) return (KafkaError.InvalidReplicaAssignment, "the only broker is 0");
        var options = existing.Options with { Partitions = topic.Count };
        return await TryAsync(topic.Name, async () =>
        {
            TopicStore.CheckOptions(options);
            if (!validateOnly) _ = await parts.Log.ChangeTopicAsync(topic.Name, options, ct).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static async ValueTask<(KafkaError Error, string? Message)> TryAsync(string topic, Func<ValueTask> change)
    {
        if (topic.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)) return (KafkaError.InvalidTopic, "topics whose name begins with __ belong to the log");
        try
        {
            await change().ConfigureAwait(false);
            return (KafkaError.None, null);
        }
        catch (LeatException e)
        {
            return (KafkaErrorOf.Code(e), e.Message);
        }
    }

    private static CreateTopicsApi.Result Refused(CreateTopicsApi.Topic topic, KafkaError error, string? message) => new(topic.Name, error, message, -1, []);
}
