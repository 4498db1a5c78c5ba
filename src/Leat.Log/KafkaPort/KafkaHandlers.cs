namespace Leat.Log;

/// <summary>Who answers what.</summary>
internal sealed record KafkaHandlers(ProduceHandler Produce, FetchHandler Fetch, OffsetsHandler Offsets, MetadataHandler Metadata, TopicsHandler Topics)
{
    public required ConfigsHandler Configs { get; init; }

    public required GroupsHandler Groups { get; init; }

    public required TransactionsHandler Transactions { get; init; }

    public required LogMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }

    public static KafkaHandlers Make(KafkaPortParts parts, Broker broker, CancellationToken stopping) => new(
        new ProduceHandler(parts),
        new FetchHandler(parts, stopping),
        new OffsetsHandler(parts),
        new MetadataHandler(parts, broker),
        new TopicsHandler(parts))
    {
        Configs = new ConfigsHandler(parts, broker),
        Groups = new GroupsHandler(parts),
        Transactions = new TransactionsHandler(parts),
        Metrics = parts.Metrics,
        Time = parts.Time,
    };
}
