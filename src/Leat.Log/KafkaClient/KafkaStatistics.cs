using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>librdkafka's figures as metrics.</summary>
internal sealed class KafkaStatistics(LogMetrics metrics, ILogger logger)
{
    private const int MostClients = 1024;
    private readonly ConcurrentDictionary<string, (long Sent, long Received)> _bytes = new(StringComparer.Ordinal);

    /// <summary>Takes one report; what cannot be read is logged, because figures must not stop the log.</summary>
    public void Note(string json)
    {
        try
        {
            using var report = JsonDocument.Parse(json);
            Note(report.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            logger.KafkaStatisticsFailed(e);
        }
    }

    private void Note(JsonElement report)
    {
        var name = report.GetProperty("name").GetString() ?? "";
        var kind = report.GetProperty("type").GetString() ?? "";
        var now = (Sent: report.GetProperty("tx_bytes").GetInt64(), Received: report.GetProperty("rx_bytes").GetInt64());
        var before = _bytes.TryGetValue(name, out var known) ? known : default;
        if (_bytes.Count >= MostClients) _bytes.Clear();
        _bytes[name] = now;
        metrics.ClientBytes(kind, Math.Max(0, now.Received - before.Received), Math.Max(0, now.Sent - before.Sent));
        metrics.ClientQueued(kind, report.GetProperty("msg_size").GetInt64());
        foreach (var broker in report.GetProperty("brokers").EnumerateObject())
        {
            var id = broker.Value.GetProperty("nodeid").GetInt32();
            if (id < 0 || !broker.Value.TryGetProperty("rtt", out var rtt) || rtt.GetProperty("cnt").GetInt64() == 0) continue;
            metrics.ClientRoundTrip(kind, id, TimeSpan.FromMicroseconds(rtt.GetProperty("avg").GetInt64()));
        }
    }
}
