namespace Leat.Streams.Views;

/// <summary>Which rows of a view.</summary>
/// <param name="Key">Text form of the key columns joined by "|"; null = all keys.</param>
/// <param name="From">First window start, UTC; null = no bound.</param>
/// <param name="ToExcl">End of window starts, excluded; null = no bound.</param>
/// <param name="Limit">Most rows, 1 to 10,000.</param>
/// <param name="Consistency">Fresh or committed.</param>
public sealed record ViewQuery(string? Key = null, DateTime? From = null, DateTime? ToExcl = null, int Limit = 1000, ViewConsistency Consistency = ViewConsistency.Fresh);
