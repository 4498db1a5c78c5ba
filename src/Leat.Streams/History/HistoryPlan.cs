namespace Leat.Streams.History;

/// <summary>Where a stream is read from: the lake table that a topic is landed in, then the topic.</summary>
internal sealed record HistoryPlan(string Table, string Topic)
{
    /// <summary>Most rows that a read of the table gives, and how many offsets the first one spans.</summary>
    public int Window { get; init; } = 65_536;
}
