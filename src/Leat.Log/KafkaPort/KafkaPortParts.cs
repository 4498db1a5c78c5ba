using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>What the Kafka port works with.</summary>
internal sealed record KafkaPortParts(IEventLog Log, IBatchLog Batches, GroupCoordinator Groups, TransactionCoordinator Transactions)
{
    public KafkaPortOptions Options { get; init; } = new();

    /// <summary>Who may log in; null = nobody has to.</summary>
    public SaslUsers? Users { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public required LogMetrics Metrics { get; init; }

    public required ILogger Logger { get; init; }
}
