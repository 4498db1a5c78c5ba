using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Log lines of the Kafka port, ids 2030-2039.</summary>
internal static partial class KafkaPortMessages
{
    [LoggerMessage(2030, LogLevel.Information, "Kafka clients are served at {Address}, told to come to {Host}:{Port}")]
    public static partial void Listening(this ILogger logger, string address, string host, int port);

    [LoggerMessage(2031, LogLevel.Warning, "Kafka client {Client}: connection closed: {Reason}")]
    public static partial void Refused(this ILogger logger, string client, string reason);

    [LoggerMessage(2032, LogLevel.Error, "Kafka client {Client}: {Api} failed, connection closed")]
    public static partial void Failed(this ILogger logger, string client, string api, Exception cause);

    [LoggerMessage(2033, LogLevel.Warning, "Kafka client {Client}: login of '{User}' by {Mechanism} failed")]
    public static partial void LoginFailed(this ILogger logger, string client, string user, string mechanism);

    [LoggerMessage(2034, LogLevel.Debug, "Kafka client {Client}: connection ended: {Reason}")]
    public static partial void Ended(this ILogger logger, string client, string reason);

    [LoggerMessage(2035, LogLevel.Error, "Kafka port: a connection could not be accepted")]
    public static partial void AcceptFailed(this ILogger logger, Exception cause);

    [LoggerMessage(2036, LogLevel.Information, "Kafka client {Client}: topic {Topic} created with {Partitions} partitions because it was asked for")]
    public static partial void TopicCreated(this ILogger logger, string client, string topic, int partitions);

    [LoggerMessage(2037, LogLevel.Error, "Kafka port: {Connections} connections did not end within {Seconds} s and were cut off")]
    public static partial void CutOff(this ILogger logger, int connections, double seconds);
}
