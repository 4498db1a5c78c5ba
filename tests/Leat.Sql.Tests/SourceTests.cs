namespace Leat.Sql.Tests;

public class SourceTests : SqlTest
{
    [Theory]
    [InlineData("SELECT count(*), sum(amount)::BIGINT FROM lake.orders", "5|100")]
    [InlineData("select lake.orders.amount from lake.orders where lake.orders.id = 3", "30")]
    [InlineData("FROM lake.orders o SELECT max(o.id)", "4")]
    [InlineData("SELECT o.é FROM \"lake\".\"orders\" AS o(é, x) WHERE 'é' = 'é' AND x = 20", "2")]
    [InlineData("SELECT name FROM lake.crm.people", "Ada")]
    [InlineData("SELECT lake.crm.people.name FROM lake.crm.people", "Ada")]
    [InlineData("SELECT name FROM lake.\"crm.people\" p", "Ada")]
    [InlineData("WITH orders AS (SELECT 1 AS id), o AS (FROM lake.orders) SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM o)", "1|5")]
    [InlineData("SELECT 'lake.orders' /* lake.orders */ -- lake.orders", "lake.orders")]
    [InlineData("SELECT count(*) FROM lake.orders a, LAKE.ORDERS b JOIN lake.orders c USING (id)", "25")]
    [InlineData("SELECT count(*) FROM orders WHERE id IN (SELECT id FROM lake.orders)", "5")]
    [InlineData("SELECT count(*), count(DISTINCT kind) FROM lake.events", "3000|2")]
    [InlineData("SELECT count(*) FROM lake.events a JOIN lake.events b USING (id)", "3000")]
    [InlineData("SELECT x FROM lake.files", "42")]
    [InlineData("SELECT column_name FROM (DESCRIBE lake.orders)", "id;amount")]
    [InlineData("SELECT 1 UNION ALL (SELECT id FROM lake.orders ORDER BY id DESC LIMIT 1)", "1;4")]
    public async Task Given_relations_of_a_source_When_queried_Then_they_are_rows(string sql, string rows) => Assert.Equal(rows, await Read(Session, sql));

    [Fact]
    public async Task Given_time_travel_When_queried_Then_the_source_gets_version_or_time()
    {
        await Read(Session, "SELECT * FROM lake.orders o AT (VERSION => 2 + 1), lake.crm.people AT (TIMESTAMP => TIMESTAMP '2024-01-02 03:04:05') WHERE o.id = 7 ");

        Assert.Equal(["orders@3", "crm.people@2024-01-02 03:04:05"], Source.Asked);
        Assert.Equal("LEAT1507", (await Refused(Session, "SELECT * FROM lake.orders AT (VERSION => nosuch)")).Code);
    }

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE copy (a, b) AS WITH x AS (FROM lake.orders) FROM x")]
    [InlineData("CREATE TABLE copy AS (SELECT * FROM lake.orders)")]
    [InlineData("CREATE TABLE copy AS SELECT * FROM lake.orders WITH DATA")]
    [InlineData("CREATE TABLE copy (a BIGINT PRIMARY KEY, b BIGINT); INSERT INTO copy (a, b) SELECT id, amount FROM lake.orders ON CONFLICT (a) DO UPDATE SET b = 1 RETURNING *")]
    [InlineData("CREATE TEMP VIEW copy AS SELECT * FROM lake.orders")]
    public async Task Given_a_statement_around_a_select_When_run_Then_the_select_inside_is_resolved(string sql)
    {
        await Session.ExecuteAsync(sql, default);

        Assert.Equal("5", await Read(Session, "SELECT count(*) FROM copy"));
    }

    [Fact]
    public async Task Given_copy_and_explain_When_run_Then_the_select_inside_is_resolved()
    {
        await Session.ExecuteAsync($"COPY (SELECT * FROM lake.orders) TO '{Parquet}.copy.parquet' (FORMAT parquet)", default);

        Assert.Equal("5", await Read(Session, $"SELECT count(*) FROM '{Parquet}.copy.parquet'"));
        Assert.Contains("HASH_JOIN", await Read(Session, "EXPLAIN ANALYZE SELECT * FROM lake.orders l JOIN orders USING (id)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_unknown_relation_When_queried_Then_the_nearest_is_offered()
    {
        var error = await Refused(Session, "SELECT *\nFROM lake.oders");

        Assert.Equal("LEAT1502: there is no relation 'lake.oders'; did you mean 'lake.orders'?\n  at SQL statement, line 2, column 6\n  fix: use 'lake.orders'", error.Message);
    }

    [Fact]
    public async Task Given_an_error_after_a_replaced_relation_When_run_Then_the_position_is_the_users()
    {
        var error = await Refused(Session, "SELECT id FROM lake.orders AT (VERSION => 1) WHERE\n  amout > 3");

        Assert.Equal(("LEAT1502", "SQL statement, line 2, column 3"), (error.Code, error.Where));
        var syntax = await Refused(Session, "SELECT id FROM lake.orders WHEREE x");
        Assert.Equal(("LEAT1501", "SQL statement, line 1, column 35"), (syntax.Code, syntax.Where));
    }

    [Fact]
    public async Task Given_a_statement_that_cannot_hold_a_source_When_run_Then_it_says_what_to_do() =>
        Assert.Equal("LEAT1506", (await Refused(Session, "DELETE FROM orders WHERE id IN (SELECT id FROM lake.orders)")).Code);

    [Fact]
    public async Task Given_parameters_When_queried_Then_they_are_bound() => Assert.Equal("3|x", await Read(Session, "SELECT id, ?::VARCHAR FROM lake.orders WHERE amount = ?", "x", 30));

    [Fact]
    public async Task Given_a_select_When_rewritten_for_ddl_Then_it_runs_alone()
    {
        var text = await Session.RewriteAsync("SELECT count(*) FROM lake.orders", default);

        Assert.DoesNotContain("lake.", text, StringComparison.Ordinal);
        Assert.Equal("5", await Read(Session, text));
        Assert.Equal("DROP TABLE x", await Session.RewriteAsync("DROP TABLE x", default));
    }

    [Fact]
    public async Task Given_a_timeout_When_a_statement_runs_longer_Then_it_is_stopped_and_the_session_goes_on()
    {
        await using var session = Engine.OpenSession(new SqlSessionOptions(Timeout: TimeSpan.FromMilliseconds(200)));

        Assert.Equal("LEAT1505", (await Refused(session, "SELECT count(*) FROM range(100000000000) a, range(1000000) b")).Code);
        Assert.Equal("1", await Read(session, "SELECT 1"));
    }
}
