using System.Diagnostics.Metrics;

namespace Leat.Log;

/// <summary>
/// Figures of the room (meter <c>Leat.Log</c>): <c>leat.log.kafka.connections</c>, <c>leat.log.kafka.requests</c> {api}, <c>leat.log.kafka.bytes</c> {direction: in, out}.
/// </summary>
internal sealed class LogMetrics
{
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _bytes;

    public LogMetrics(IMeterFactory meters)
        : this(meters.Create("Leat.Log"))
    {
    }

    internal LogMetrics(Meter meter)
    {
        _connections = meter.CreateUpDownCounter<long>("leat.log.kafka.connections", null, "Open connections of the Kafka port");
        _requests = meter.CreateCounter<long>("leat.log.kafka.requests", null, "Requests of Kafka clients");
        _bytes = meter.CreateCounter<long>("leat.log.kafka.bytes", "By", "Bytes received from and sent to Kafka clients");
    }

    public void Connections(int change) => _connections.Add(change);

    public void Request(ApiKey key) => _requests.Add(1, new KeyValuePair<string, object?>("api", NameOf(key)));

    public void Received(int bytes) => _bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "in"));

    public void Sent(long bytes) => _bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "out"));

    private static readonly string[] Names = MakeNames();

    private static string NameOf(ApiKey key) => Names[(int)key];

    private static string[] MakeNames()
    {
        var names = new string[(int)Enum.GetValues<ApiKey>().Max() + 1];
        foreach (var key in Enum.GetValues<ApiKey>()) names[(int)key] = key.ToString();
        return names;
    }
}
