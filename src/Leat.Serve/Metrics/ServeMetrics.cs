using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Leat.Serve.Metrics;

/// <summary>
/// Figures of the HTTP face (meter <c>Leat.Serve</c>): <c>leat.http.request.seconds</c> {method, route, status}, <c>leat.collector.events</c> {topic, outcome},
/// <c>leat.collector.bytes</c> {topic}, <c>leat.collector.append.seconds</c> {topic}.
/// </summary>
internal sealed class ServeMetrics
{
    private readonly Histogram<double> _requests;
    private readonly Counter<long> _events;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _appends;

    public ServeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Leat.Serve");
        _requests = meter.CreateHistogram<double>("leat.http.request.seconds", "s", "Time to answer a request");
        _events = meter.CreateCounter<long>("leat.collector.events", null, "Events by outcome: accepted, quarantined, rejected, duplicate");
        _bytes = meter.CreateCounter<long>("leat.collector.bytes", null, "Bytes of request bodies taken");
        _appends = meter.CreateHistogram<double>("leat.collector.append.seconds", "s", "Time of the durable append");
    }

    public void Request(string method, string route, int status, TimeSpan took) => _requests.Record(
        took.TotalSeconds, new TagList { { "method", method }, { "route", route }, { "status", status } });

    public void Events(string topic, string outcome, long count)
    {
        if (count > 0) _events.Add(count, new TagList { { "topic", topic }, { "outcome", outcome } });
    }

    public void Collected(string topic, long bytes, TimeSpan append)
    {
        _bytes.Add(bytes, new TagList { { "topic", topic } });
        _appends.Record(append.TotalSeconds, new TagList { { "topic", topic } });
    }
}
