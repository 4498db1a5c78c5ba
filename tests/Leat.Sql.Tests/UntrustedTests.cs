using System.Diagnostics;
using Leat.Core;

namespace Leat.Sql.Tests;

public class UntrustedTests : SqlTest
{
    [Theory]
    [InlineData("SELECT count(*), max(customer) FROM orders WHERE id < 100", "100|customer 99")]
    [InlineData("SELECT count(*) FROM big b JOIN main.orders o USING (id)", "4999")]
    [InlineData("SELECT count(*) FROM marts.days", "0")]
    [InlineData("SELECT sum(amount)::BIGINT FROM lake.orders", "100")]
    [InlineData("SELECT x FROM lake.files", "42")]
    [InlineData("SELECT count(*) FROM lake.events", "3000")]
    [InlineData("WITH orders AS (SELECT * FROM orders LIMIT 3) SELECT count(*) FROM orders", "3")]
    [InlineData("WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 10) SELECT max(i) FROM t", "10")]
    [InlineData("SELECT /* ; */ 1 -- ; DROP TABLE orders", "1")]
    [InlineData("SELECT ';DROP TABLE orders;' AS s", ";DROP TABLE orders;")]
    [InlineData("SELECT table_name FROM information_schema.tables WHERE table_schema = 'marts'", "days")]
    [InlineData("SELECT repeat('ab', 3), [x + 1 FOR x IN [1, 2]][2], orders.customer FROM orders WHERE orders.id = 1", "ababab|3|customer 1")]
    [InlineData("SELECT count(*) FROM (DESCRIBE SELECT * FROM orders)", "3")]
    public async Task Given_a_select_over_the_project_When_asked_from_outside_Then_it_is_answered(string sql, string rows) => Assert.Equal(rows, await Read(Outside, sql));

    [HostileCasesFact]
    public async Task Given_hostile_statements_When_asked_from_outside_Then_each_is_refused_or_stopped_and_nothing_changes()
    {
        var wrong = new List<string>();
        foreach (var (sql, expect) in HostileCases.Read())
        {
            var watch = Stopwatch.StartNew();
            var answer = await Answer(sql);
            var isWrong = expect switch
            {
                _ when expect.StartsWith("allow:", StringComparison.Ordinal) => answer != "rows",
                "stopped by time-out" => answer is not ("LEAT1505" or "LEAT1504"), // whichever limit is met first, time or memory
                _ when expect.StartsWith("allow or", StringComparison.Ordinal) => false,
                _ => answer is not ("LEAT1501" or "LEAT1502" or "LEAT1503" or "LEAT1504"),
            };
            if (isWrong || watch.Elapsed > TimeSpan.FromSeconds(20)) wrong.Add($"{sql}: expected '{expect}', got {answer} after {watch.Elapsed.TotalSeconds:0.0} s");
            Assert.Equal("1", await Read(Outside, "SELECT 1"));
        }

        Assert.Empty(wrong);
        Assert.Equal("10000|74992500.0", await Read(Session, "SELECT count(*), sum(amount) FROM orders"));
        Assert.False(File.Exists("/tmp/x.csv"));
    }

    [Theory]
    [InlineData("SELECT * FROM read_parquet('{0}')", "LEAT1503")]
    [InlineData("SELECT * FROM '{0}'", "LEAT1502")]
    [InlineData("SELECT * FROM leat_scan(1)", "LEAT1503")]
    [InlineData("SELECT system.main.repeat('x', 20000000)", "LEAT1503")]
    [InlineData("SELECT strlen(repeat('x', 4000 * 1000000))", "LEAT1504")]
    [InlineData("SHOW TABLES", "LEAT1503")]
    [InlineData("SELECT current_setting('allowed_directories')", "LEAT1503")]
    [InlineData("FROM duckdb_tables()", "LEAT1503")]
    [InlineData("FROM duckdb_settings", "LEAT1502")]
    [InlineData("SELECT * FROM pragma_database_list", "LEAT1502")]
    [InlineData("FROM json_execute_serialized_sql('x')", "LEAT1503")]
    [InlineData("PIVOT orders ON id", "LEAT1503")]
    [InlineData("SELECT oders.id FROM oders", "LEAT1502")]
    public async Task Given_ways_around_the_fence_When_asked_from_outside_Then_they_are_refused(string sql, string code) =>
        Assert.Equal(code, (await Refused(Outside, sql.Replace("{0}", Parquet, StringComparison.Ordinal))).Code);

    [Fact]
    public async Task Given_a_session_from_outside_When_it_executes_Then_it_is_refused() =>
        Assert.Equal("LEAT1503", (await Assert.ThrowsAsync<LeatException>(async () => await Outside.ExecuteAsync("DROP TABLE orders", default))).Code);

    private async Task<string> Answer(string sql)
    {
        try
        {
            await Read(Outside, sql);
            return "rows";
        }
        catch (LeatException exception)
        {
            return exception.Code;
        }
    }
}
