using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>librdkafka's figures as metrics.</summary>
internal sealed class KafkaStatistics(ILogger logger)
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
        var kind = new KeyValuePair<string, object?>("kind", report.GetProperty("type").GetString());
        var now = (Sent: report.GetProperty("tx_bytes").GetInt64(), Received: report.GetProperty("rx_bytes").GetInt64());
        var before = _bytes.TryGetValue(name, out var known) ? known : default;
        if (_bytes.Count >= MostClients) _bytes.Clear();
        _bytes[name] = now;
        KafkaMetrics.Sent.Add(Math.Max(0, now.Sent - before.Sent), kind);
        KafkaMetrics.Received.Add(Math.Max(0, now.Received - before.Received), kind);
        KafkaMetrics.Queued.Record(report.GetProperty("msg_size").GetInt64(), kind);
        foreach (var broker in report.GetProperty("brokers").EnumerateObject())
        {
            if (broker.Value.GetProperty("nodeid").GetInt32() < 0 || !broker.Value.TryGetProperty("rtt", out var rtt) || rtt.GetProperty("cnt").GetInt64() == 0) continue;
            KafkaMetrics.RoundTrip.Record(rtt.GetProperty("avg").GetInt64() / 1e6, kind, new("broker", broker.Value.GetProperty("nodeid").GetInt32()));
        }
    }
}
