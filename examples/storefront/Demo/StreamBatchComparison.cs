using Leat.Sql;

namespace Storefront.Demo;

/// <summary>Holds what the stream job wrote to the lake against what the batch models computed from the raw rows.</summary>
internal sealed class StreamBatchComparison(ISqlSession session)
{
    private static readonly (string Stream, string Batch, string Key)[] Pairs =
    [
        ("lake.streams.revenue_per_minute", "mart_revenue_per_minute", "window_start"),
        ("lake.streams.revenue_per_day", "mart_revenue_per_day", "window_start"),
    ];

    /// <summary>Rows that are in one and not in the other, or differ in revenue or number of lines; all three cuts together.</summary>
    public async Task<long> CountDifferencesAsync(CancellationToken ct)
    {
        long differences = 0;
        foreach (var (stream, batch, key) in Pairs)
        {
            differences += await CountAsync($"select {key} as key, revenue, lines from {stream}", $"select {key} as key, revenue, lines from {batch}", ct);
        }
        return differences + await CountAsync(
            "select country as key, sum(revenue) as revenue, sum(lines) as lines from lake.streams.revenue_per_country group by country",
            "select country as key, revenue, lines from mart_revenue_per_country",
            ct);
    }

    private Task<long> CountAsync(string stream, string batch, CancellationToken ct) => session.ScalarAsync<long>(
        $"""
         select count(*) from ({stream}) s full join ({batch}) b on s.key = b.key
         where s.key is null or b.key is null or s.lines <> b.lines or cast(s.revenue as decimal(38, 6)) <> cast(b.revenue as decimal(38, 6))
         """,
        ct);
}
