namespace Leat.Core;

/// <summary>A declared source of events: which topic it fills, and which fields of its JSON objects have a meaning.</summary>
/// <param name="Topic">Topic the events go to.</param>
/// <param name="Partitions">Partitions the topic is created with.</param>
/// <param name="KeyField">Top-level JSON member whose value is the record key; null = no key.</param>
/// <param name="EventTimeField">Top-level JSON member that holds the event time; null = the append time counts.</param>
/// <param name="IdField">Top-level JSON member that names an event, for messages and dead letters; null = <c>event_id</c> when present.</param>
public sealed record TopicSource(string Topic, int Partitions = 1, string? KeyField = null, string? EventTimeField = null, string? IdField = null)
{
    /// <summary>Settings of the topic as text, under the names that Kafka gives them (<c>retention.ms</c>, <c>compression.type</c>, ...); empty = defaults.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
