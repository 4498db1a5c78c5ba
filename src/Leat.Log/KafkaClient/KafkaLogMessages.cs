using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Log lines of the Kafka client, ids 2080-2089.</summary>
internal static partial class KafkaLogMessages
{
    [LoggerMessage(2080, LogLevel.Warning, "Kafka: {Code}: {Reason}")]
    public static partial void KafkaClientError(this ILogger logger, string code, string reason);

    [LoggerMessage(EventId = 2081, Message = "librdkafka {Facility}: {Line}")]
    public static partial void KafkaClientLine(this ILogger logger, LogLevel level, string facility, string line);

    [LoggerMessage(2082, LogLevel.Error, "the producer is opened anew: {Reason}")]
    public static partial void KafkaProducerRenewed(this ILogger logger, string reason);

    [LoggerMessage(2083, LogLevel.Warning, "librdkafka's figures could not be read")]
    public static partial void KafkaStatisticsFailed(this ILogger logger, Exception cause);

    [LoggerMessage(2084, LogLevel.Information, "{Partition}: {Keys} idempotency keys found in offsets {FromOffset} to {ToOffsetExcl} (excluded)")]
    public static partial void KafkaKeysRead(this ILogger logger, TopicPartition partition, int keys, long fromOffset, long toOffsetExcl);
}
