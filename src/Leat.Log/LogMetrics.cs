using System.Diagnostics.Metrics;

namespace Leat.Log;

/// <summary>
/// Figures of the room (meter <c>Leat.Log</c>). Kafka port: <c>leat.log.kafka.connections</c>, <c>leat.log.kafka.requests</c> {api}, <c>leat.log.kafka.bytes</c> {direction: in, out}.
/// Kafka client, every <c>log.kafka.statistics_interval</c>: <c>leat.log.kafka.client.bytes</c> {direction: in, out; kind: producer, consumer}, <c>leat.log.kafka.client.queued</c> {kind},
/// <c>leat.log.kafka.client.round_trip</c> {kind, broker}.
/// </summary>
internal sealed class LogMetrics
{
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _clientBytes;
    private readonly Gauge<long> _clientQueued;
    private readonly Histogram<double> _clientRoundTrip;

    public LogMetrics(IMeterFactory meters)
        : this(meters.Create("Leat.Log"))
    {
    }

    internal LogMetrics(Meter meter)
    {
        _connections = meter.CreateUpDownCounter<long>("leat.log.kafka.connections", null, "Open connections of the Kafka port");
        _requests = meter.CreateCounter<long>("leat.log.kafka.requests", null, "Requests of Kafka clients");
        _bytes = meter.CreateCounter<long>("leat.log.kafka.bytes", "By", "Bytes received from and sent to Kafka clients");
        _clientBytes = meter.CreateCounter<long>("leat.log.kafka.client.bytes", "By", "Bytes received from and sent to Kafka brokers");
        _clientQueued = meter.CreateGauge<long>("leat.log.kafka.client.queued", "By", "Bytes that wait in a producer");
        _clientRoundTrip = meter.CreateHistogram<double>("leat.log.kafka.client.round_trip", "s", "Time from request to answer, average of an interval");
    }

    public void Connections(int change) => _connections.Add(change);

    public void Request(ApiKey key) => _requests.Add(1, new KeyValuePair<string, object?>("api", NameOf(key)));

    public void Received(int bytes) => _bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "in"));

    public void Sent(long bytes) => _bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "out"));

    public void ClientBytes(string kind, long received, long sent)
    {
        _clientBytes.Add(received, new("direction", "in"), new("kind", kind));
        _clientBytes.Add(sent, new("direction", "out"), new("kind", kind));
    }

    public void ClientQueued(string kind, long bytes) => _clientQueued.Record(bytes, new KeyValuePair<string, object?>("kind", kind));

    public void ClientRoundTrip(string kind, int broker, TimeSpan average) => _clientRoundTrip.Record(average.TotalSeconds, new("kind", kind), new("broker", broker));

    private static readonly string[] Names = MakeNames();

    private static string NameOf(ApiKey key) => Names[(int)key];

    private static string[] MakeNames()
    {
        var names = new string[(int)Enum.GetValues<ApiKey>().Max() + 1];
        foreach (var key in Enum.GetValues<ApiKey>()) names[(int)key] = key.ToString();
        return names;
    }
}
