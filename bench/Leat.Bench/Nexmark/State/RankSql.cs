namespace Leat.Bench.Nexmark;

/// <summary>The peer's columns of <see cref="RankCounts"/>.</summary>
internal static class RankSql
{
    private const string Rank1 = "FILTER (WHERE price < 10000)";
    private const string Rank2 = "FILTER (WHERE price >= 10000 AND price < 1000000)";
    private const string Rank3 = "FILTER (WHERE price >= 1000000)";

    public const string Counts = $"count(*), count(*) {Rank1}, count(*) {Rank2}, count(*) {Rank3}";

    public static string Distinct(string column) => $"count(DISTINCT {column}), count(DISTINCT {column}) {Rank1}, count(DISTINCT {column}) {Rank2}, count(DISTINCT {column}) {Rank3}";
}
