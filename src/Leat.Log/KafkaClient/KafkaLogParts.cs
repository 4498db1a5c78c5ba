using Leat.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Leat.Log;

/// <summary>Settings and surroundings of a log on a Kafka cluster.</summary>
public sealed record KafkaLogParts(KafkaLogOptions Options)
{
    /// <summary>Waits are measured on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where librdkafka's own lines and the log's go.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Looks up secrets in the settings; null = none can be used.</summary>
    public ISecrets? Secrets { get; init; }

    /// <summary>Takes librdkafka's figures; null = a meter of the log's own.</summary>
    internal LogMetrics? Metrics { get; init; }
}
