using System.Collections.Concurrent;
using Leat.Serve.Metrics;

namespace Leat.Serve.Collector;

/// <summary>Counts what was taken, by topic, since the server started. Thread-safe.</summary>
internal sealed class CollectorLedger(ServeMetrics metrics)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public void Note(string topic, CollectAnswer answer)
    {
        var entry = _entries.GetOrAdd(topic, _ => new Entry());
        if (answer.Duplicate)
        {
            Interlocked.Add(ref entry.Duplicates, answer.Accepted + answer.Quarantined);
            metrics.Events(topic, "duplicate", answer.Accepted + answer.Quarantined);
        }
        else
        {
            Interlocked.Add(ref entry.Accepted, answer.Accepted);
            Interlocked.Add(ref entry.Quarantined, answer.Quarantined);
            metrics.Events(topic, "accepted", answer.Accepted);
            metrics.Events(topic, "quarantined", answer.Quarantined);
        }
        Interlocked.Add(ref entry.Rejected, answer.Rejected);
        metrics.Events(topic, "rejected", answer.Rejected);
    }

    public TopicFigures Figures(TopicRoute route)
    {
        var entry = _entries.GetValueOrDefault(route.Topic) ?? new Entry();
        return new TopicFigures(
            route.Topic, route.Partitions, route.Source?.KeyField, route.Source?.EventTimeField, route.Contract?.DeclaredAt,
            route.Contract?.Policy.ToString().ToLowerInvariant(),
            Interlocked.Read(ref entry.Accepted), Interlocked.Read(ref entry.Quarantined), Interlocked.Read(ref entry.Rejected), Interlocked.Read(ref entry.Duplicates));
    }

    private sealed class Entry
    {
        public long Accepted;
        public long Quarantined;
        public long Rejected;
        public long Duplicates;
    }
}
