using System.Diagnostics;
using Leat.Conformance;
using Leat.Core;

namespace Leat.DuckDb.Tests;

public class QueryTests : EngineTest
{
    [Fact]
    public void Given_several_statements_When_queried_Then_the_rows_are_those_of_the_last()
    {
        Assert.Equal(3L, Rows("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT sum(a)::BIGINT FROM t").Single()[0]);
        Assert.Equal(2, Connection.Execute("UPDATE t SET a = a + 1"));
    }

    [Fact]
    public void Given_a_syntax_error_When_run_Then_line_and_column_are_named()
    {
        var error = Assert.Throws<DuckDbException>(() => Connection.Execute("SELECT 1;\nSELECT * FORM t"));

        Assert.Equal("LEAT1110: syntax error at or near \"t\"\n  at SQL statement, line 2, column 15\n  fix: correct the statement where the position points", error.Message);
        Assert.Equal(("Parser", 2, 15), (error.ErrorType, error.Line, error.ColumnNumber));
    }

    [Fact]
    public void Given_an_unknown_column_in_a_long_line_When_run_Then_the_column_is_right_though_the_excerpt_is_cut()
    {
        var sql = "SELECT 'some long text to push the name far to the right of the line, further than is shown', amout, 'and then more text that is long enough to be cut' FROM (SELECT 1 AS amount)";

        var error = Assert.Throws<DuckDbException>(() => Rows(sql));

        Assert.Equal("LEAT1111", error.Code);
        Assert.Equal(sql.IndexOf("amout", StringComparison.Ordinal) + 1, error.ColumnNumber);
        Assert.Contains("amount", error.EngineMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 'x'::INTEGER", "LEAT1112")]
    [InlineData("SELECT * FROM read_csv('/no/such/file.csv')", "LEAT1114")]
    [InlineData("SELECT error('stop')", "LEAT1112")]
    [InlineData("CREATE TABLE k (a INT PRIMARY KEY); INSERT INTO k VALUES (1), (1)", "LEAT1119")]
    [InlineData("-- nothing", "LEAT1122")]
    [InlineData("SELECT nosuch(1)", "LEAT1111")]
    public void Given_a_statement_that_fails_When_run_Then_the_code_tells_the_kind(string sql, string code)
    {
        Assert.Equal(code, Assert.ThrowsAny<LeatException>(() => Rows(sql)).Code);
        Assert.Equal(1, Rows("SELECT 1").Single()[0]);
    }

    [Fact]
    public void Given_an_error_in_the_middle_of_a_stream_When_fetched_Then_it_is_thrown_not_taken_for_the_end()
    {
        using var result = Connection.Query("SELECT CASE WHEN i = 900000 THEN error('bad row') ELSE i END FROM range(1000000) t(i)");

        var error = Assert.Throws<DuckDbException>(() => result.ReadAll().Sum(batch =>
        {
            using (batch) return batch.RowCount;
        }));
        Assert.Contains("bad row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_parameters_of_all_kinds_When_bound_Then_they_come_back()
    {
        object?[] values =
        [
            true, (sbyte)-1, (short)-2, -3, -4L, (byte)1, (ushort)2, 3u, 4ul, (Int128)5, (UInt128)6, 1.5f, 2.5, 1.25m, "text", new byte[] { 1, 2 }, new DateOnly(2024, 2, 29),
            new TimeOnly(1, 2, 3), new DateTime(2024, 2, 29, 1, 2, 3), new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), Guid.Parse("12345678-9abc-def0-1234-56789abcdef0"),
            new IntervalValue(1, 2, 3), new TimeWithOffset(TimeSpan.FromHours(1), TimeSpan.FromHours(-2)), null,
        ];
        using var statement = Connection.Prepare("SELECT " + string.Join(", ", values.Select((_, i) => $"${i + 1}")));
        using var result = statement.BindAll(values).Query();

        Assert.Equal(values.Select(TypeTests.Show), result.ToRows().Single().Select(TypeTests.Show));
    }

    [Fact]
    public void Given_named_parameters_When_bound_Then_unknown_names_are_refused()
    {
        using var statement = Connection.Prepare("SELECT $low + $high");

        Assert.Equal("LEAT1121", Assert.Throws<LeatException>(() => statement.Bind("middle", 1)).Code);
        using var result = statement.Bind("low", 1).Bind("high", 2).Query();
        Assert.Equal(3L, Convert.ToInt64(result.ToRows().Single()[0]));
    }

    [Fact]
    public async Task Given_an_endless_query_When_cancelled_Then_it_stops_and_the_connection_goes_on()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => Connection.Execute("SELECT count(*) FROM range(1000000000000) a, range(1000000) b", stop.Token)));

        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
        Assert.Equal(1, Rows("SELECT 1").Single()[0]);
    }

    [Fact]
    public void Given_a_streamed_result_When_a_batch_is_kept_Then_it_outlives_result_connection_and_database()
    {
        Batch kept;
        using (var database = DuckDbDatabase.Open())
        using (var connection = database.Connect())
        using (var result = connection.Query("SELECT 'a text that is not inline ' || i FROM range(2000) t(i)")) kept = result.Fetch()!;

        Assert.Equal("a text that is not inline 1999", kept[0].GetValue(1999));
        kept.Dispose();
    }

    [Fact]
    public void Given_a_result_that_is_open_When_another_statement_runs_Then_the_first_ends_clearly()
    {
        using var first = Connection.Query("FROM range(1000000)");
        using var second = Connection.Query("SELECT 42");

        Assert.Throws<ObjectDisposedException>(() => first.Fetch());
        Assert.Equal(42, second.ToRows().Single()[0]);
    }

    [Fact]
    public void Given_a_file_opened_by_this_process_When_opened_again_after_dispose_Then_the_rows_are_there()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "w.duckdb");
        for (var i = 0; i < 2; i++)
        {
            using var database = DuckDbDatabase.Open(path, new Dictionary<string, string> { ["memory_limit"] = "500MB" });
            using var connection = database.Connect();
            connection.Execute("CREATE TABLE IF NOT EXISTS t (a INT); INSERT INTO t VALUES (1)");
            Assert.Equal(i + 1L, connection.Scalar("SELECT count(*) FROM t"));
        }
    }

    [Fact]
    public void Given_a_file_that_is_no_database_When_opened_Then_the_error_says_so()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("w.duckdb", new string('x', 20_000));

        Assert.Equal("LEAT1102", Assert.Throws<LeatException>(() => DuckDbDatabase.Open(path)).Code);
        Assert.Equal("LEAT1103", Assert.Throws<LeatException>(() => DuckDbDatabase.Open(null, new Dictionary<string, string> { ["no_such_setting"] = "1" })).Code);
    }
}
