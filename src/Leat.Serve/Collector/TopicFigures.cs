namespace Leat.Serve.Collector;

/// <summary>A topic that takes events, with counts since the server started.</summary>
internal sealed record TopicFigures(
    string Topic, int Partitions, string? KeyField, string? EventTimeField, string? Contract, string? Policy, long Accepted, long Quarantined, long Rejected, long Duplicates);
