using System.Diagnostics.Metrics;

namespace Leat.Log;

/// <summary>Metrics of the Kafka client, meter <c>Leat.Log</c>; tag <c>kind</c> = producer or consumer.</summary>
internal static class KafkaMetrics
{
    private static readonly Meter Meter = new("Leat.Log");

    /// <summary>Bytes sent to brokers.</summary>
    public static Counter<long> Sent { get; } = Meter.CreateCounter<long>("leat.log.kafka.client.sent", "By", "Bytes sent to Kafka brokers");

    /// <summary>Bytes received from brokers.</summary>
    public static Counter<long> Received { get; } = Meter.CreateCounter<long>("leat.log.kafka.client.received", "By", "Bytes received from Kafka brokers");

    /// <summary>Bytes in a producer's queue.</summary>
    public static Gauge<long> Queued { get; } = Meter.CreateGauge<long>("leat.log.kafka.client.queued", "By", "Bytes waiting in the producer");

    /// <summary>Time from request to answer, tag <c>broker</c>.</summary>
    public static Histogram<double> RoundTrip { get; } = Meter.CreateHistogram<double>("leat.log.kafka.client.round_trip", "s", "Time from request to answer, average of an interval");
}
