using System.Collections.Concurrent;
using Leat.Core;
using Leat.Log;
using Leat.Serve.Problems;

namespace Leat.Serve.Collector;

/// <summary>Finds topics by name; a declared one is created when it is first written to.</summary>
internal sealed class CollectorTopics(IEventLog? log = null, ITopicRegistry? registry = null, IDatasetContracts? contracts = null)
{
    private readonly ConcurrentDictionary<string, StrongBox> _turns = new(StringComparer.Ordinal);

    public IEventLog Log => log ?? throw Missing.Room("an event log");

    /// <exception cref="ProblemException">LEAT2001 unknown topic; LEAT6025 a dead-letter topic.</exception>
    public async ValueTask<TopicRoute> FindAsync(string topic, CancellationToken ct)
    {
        if (DeadLetterTopics.IsOne(topic))
            throw new ProblemException(new Problem(
                400, "LEAT6025", $"'{topic}' holds dead letters, which only Leat writes", $"topic {topic}", $"send events to '{DeadLetterTopics.SourceOf(topic)}'"));
        var source = registry?.Find(topic);
        var found = await Log.FindTopicAsync(topic, ct).ConfigureAwait(false);
        if (found is null && source is null) throw await UnknownAsync(topic, ct).ConfigureAwait(false);
        found ??= await Log.EnsureTopicAsync(source!, ct).ConfigureAwait(false);
        return Route(found, source);
    }

    /// <summary>Topics that take events: the declared ones and those in the log, without dead letters.</summary>
    public async ValueTask<IReadOnlyList<TopicRoute>> ListAsync(CancellationToken ct)
    {
        var routes = new SortedDictionary<string, TopicRoute>(StringComparer.Ordinal);
        foreach (var source in registry?.List() ?? []) routes[source.Topic] = Route(new TopicInfo(source.Topic, source.Partitions, new TopicOptions()), source);
        if (log is not null)
        {
            foreach (var topic in await log.ListTopicsAsync(ct).ConfigureAwait(false))
                if (!DeadLetterTopics.IsOne(topic.Name)) routes[topic.Name] = Route(topic, registry?.Find(topic.Name));
        }
        return [.. routes.Values];
    }

    /// <summary>Whose turn it is among the partitions, for events without key: a request's events stay together, requests take turns.</summary>
    public int NextPartition(TopicRoute route) =>
        (int)((uint)Interlocked.Increment(ref _turns.GetOrAdd(route.Topic, _ => new StrongBox()).Value) % (uint)route.Partitions);

    private TopicRoute Route(TopicInfo topic, TopicSource? source) => new(topic.Name, topic.Partitions, source, contracts?.Find(topic.Name));

    private async ValueTask<ProblemException> UnknownAsync(string topic, CancellationToken ct)
    {
        var known = (await ListAsync(ct).ConfigureAwait(false)).Select(r => r.Topic).ToArray();
        var declare = $"declare it in sources/*.yml (topic: {topic}) and restart";
        var fix = Nearest.To(topic, known) is { } near ? $"did you mean '{near}'? or {declare}" : declare;
        var list = known.Length == 0 ? "there are none yet" : $"known topics: {string.Join(", ", known.Take(10))}{(known.Length > 10 ? ", ..." : "")}";
        return new ProblemException(new Problem(404, "LEAT2001", $"there is no topic '{topic}'; {list}", $"topic {topic}", fix));
    }

    private sealed class StrongBox
    {
        public int Value;
    }
}
