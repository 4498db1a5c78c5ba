using System.Globalization;
using Leat.Core;

namespace Leat.Log;

/// <summary>Settings of topics under Kafka's names; those of the broker to look at.</summary>
internal sealed class ConfigsHandler(KafkaPortParts parts, Broker broker)
{
    private const int TopicType = 2;
    private const int BrokerType = 4;
    private const int Delete = 1;

    /// <summary>The settings as they are told.</summary>
    /// <param name="options">Of the topic.</param>
    /// <param name="names">Only these; null = all.</param>
    public static IReadOnlyList<DescribeConfigsApi.Config> Describe(TopicOptions options, List<string>? names)
    {
        var unchanged = new TopicOptions();
        return [.. TopicConfig.All
            .Where(c => names is null || names.Contains(c.Name))
            .Select(c => new DescribeConfigsApi.Config(c.Name, c.Get(options), c.Get(options) == c.Get(unchanged) ? ConfigSource.Default : ConfigSource.Topic, c.Type))];
    }

    public ValueTask<KafkaWriter?> DescribeAsync(KafkaRequest request)
    {
        var body = request.Read(DescribeConfigsApi.Read);
        var writer = request.Respond();
        DescribeConfigsApi.Write(writer, [.. body.Resources.Select(Describe)], body.WithSynonyms);
        return new(writer);
    }

    public async ValueTask<KafkaWriter?> AlterAsync(KafkaRequest request, KafkaReader.Element<AlterConfigsApi.Request> read)
    {
        var body = request.Read(read);
        var results = new List<AlterConfigsApi.Result>();
        foreach (var resource in body.Resources)
        {
            var (error, message) = await AlterAsync(resource, body, request.Ct).ConfigureAwait(false);
            results.Add(new AlterConfigsApi.Result(error, message, resource.Type, resource.Name));
        }
        var writer = request.Respond();
        AlterConfigsApi.Write(writer, results);
        return writer;
    }

    private DescribeConfigsApi.Result Describe(DescribeConfigsApi.Resource resource)
    {
        if (resource.Type == BrokerType) return new(KafkaError.None, null, resource.Type, resource.Name, [.. BrokerConfigs().Where(c => resource.Names?.Contains(c.Name) != false)]);
        if (resource.Type != TopicType) return new(KafkaError.InvalidRequest, "only topics (2) and the broker (4) have settings", resource.Type, resource.Name, []);
        return parts.Batches.Find(resource.Name) is { } topic
            ? new(KafkaError.None, null, resource.Type, resource.Name, Describe(topic.Options, resource.Names))
            : new(KafkaError.UnknownTopicOrPartition, $"there is no topic '{resource.Name}'", resource.Type, resource.Name, []);
    }

    private DescribeConfigsApi.Config[] BrokerConfigs() =>
    [
        new("broker.id", broker.Id.ToString(CultureInfo.InvariantCulture), ConfigSource.Broker, 3, IsReadOnly: true),
        new("auto.create.topics.enable", parts.Options.KafkaAutoCreate ? "true" : "false", ConfigSource.Broker, 1, IsReadOnly: true),
        new("num.partitions", parts.Options.KafkaPartitions.ToString(CultureInfo.InvariantCulture), ConfigSource.Broker, 3, IsReadOnly: true),
        new("default.replication.factor", "1", ConfigSource.Broker, 3, IsReadOnly: true),
    ];

    private async ValueTask<(KafkaError Error, string? Message)> AlterAsync(AlterConfigsApi.Resource resource, AlterConfigsApi.Request body, CancellationToken ct)
    {
        if (resource.Type != TopicType) return (KafkaError.InvalidRequest, "only settings of topics (2) can be changed here; those of the broker are in leat.yml");
        if (resource.Name.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)) return (KafkaError.InvalidTopic, "topics whose name begins with __ belong to the log");
        if (parts.Batches.Find(resource.Name) is not { } topic) return (KafkaError.UnknownTopicOrPartition, $"there is no topic '{resource.Name}'");
        try
        {
            var options = body.Incremental ? topic.Options : new TopicOptions { Partitions = topic.Partitions };
            foreach (var change in resource.Changes) options = Apply(options, change);
            TopicStore.CheckOptions(options);
            if (!body.ValidateOnly) _ = await parts.Log.ChangeTopicAsync(resource.Name, options, ct).ConfigureAwait(false);
            return (KafkaError.None, null);
        }
        catch (LeatException e)
        {
            return (KafkaErrorOf.Code(e), e.Message);
        }
    }

    /// <summary>Adding to and taking out of a list has a meaning for cleanup.policy only.</summary>
    private static TopicOptions Apply(TopicOptions options, AlterConfigsApi.Change change)
    {
        if (change.Operation <= Delete) return TopicConfig.Set(options, change.Name, change.Operation == Delete ? null : change.Value);
        var parts = TopicConfig.Find(change.Name).Get(options)!.Split(',');
        string[] changed = change.Operation == 2 ? [.. parts.Union([change.Value ?? ""])] : [.. parts.Except([change.Value ?? ""])];
        return TopicConfig.Set(options, change.Name, string.Join(',', changed));
    }
}
