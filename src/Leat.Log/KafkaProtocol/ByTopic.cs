namespace Leat.Log;

/// <summary>Things of a topic, usually one a partition.</summary>
internal readonly record struct ByTopic<T>(string Topic, List<T> Items);
