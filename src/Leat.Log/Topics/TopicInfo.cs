namespace Leat.Log;

/// <summary>A topic as it is.</summary>
public sealed record TopicInfo(string Name, int Partitions, TopicOptions Options);
