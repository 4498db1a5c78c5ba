using System.Collections.Concurrent;
using System.Diagnostics;
using Leat.Core;

namespace Leat.DuckDb.Tests;

public class ParallelReadTests : EngineTest
{
    private const string Endless = "SELECT a.range AS n FROM range(1000000000000) a, range(1000000) b";

    [Theory]
    [MemberData(nameof(TypeTests.Values), MemberType = typeof(TypeTests))]
    public void Given_a_column_of_any_type_When_read_in_parallel_Then_the_rows_are_those_of_the_ordered_read(string sql, string expected)
    {
        if (expected == "OUT") return;
        var query = $"SELECT i, {sql} AS constant FROM range(5000) r(i)";
        if (!sql.StartsWith("row(", StringComparison.Ordinal))
        {
            Connection.Execute($"CREATE TABLE t AS SELECT i, {sql} AS x, {sql} AS y FROM range(5000) t(i); UPDATE t SET x = NULL WHERE i % 3 = 1");
            query = $"SELECT *, {sql} AS constant FROM t";
        }

        var (count, rows) = ReadAll(query);

        Assert.Equal(5000, count);
        Assert.Equal(Sorted(Rows(query)), Sorted(rows));
    }

    [Fact]
    public void Given_nested_rows_of_many_sizes_When_read_in_parallel_Then_the_rows_are_those_of_the_ordered_read()
    {
        const string query = """
            SELECT i, repeat('text ', (i % 9)::INTEGER) || i AS t, list_transform(range(i % 5), n -> {'n': n, 't': 'a text that is not inline ' || i}) AS l,
                MAP {'k' || i: [i, NULL]} AS m, CASE WHEN i % 2 = 0 THEN union_value(n := i) END AS u
            FROM numbers WHERE i % 7 <> 3
            """;
        Connection.Execute("CREATE TABLE numbers AS SELECT i FROM range(150000) t(i)");

        Assert.Equal(Sorted(Rows(query)), Sorted(ReadAll(query).Rows));
    }

    [Theory]
    [InlineData("FROM t; -- the end", 3)]
    [InlineData("WITH w AS (FROM t) SELECT n AS a, n AS a, 'it''s (not) the end)' AS \"odd \"\"name\" FROM w", 3)]
    [InlineData("VALUES (1, NULL), (2, 'x')", 2)]
    [InlineData("SELECT n FROM t WHERE n > 100", 0)]
    [InlineData("SELECT n FROM t ORDER BY n LIMIT 2", 2)]
    [InlineData("FROM temporary", 1)]
    public void Given_a_select_in_any_form_When_read_in_parallel_Then_names_types_and_rows_are_those_of_the_ordered_read(string sql, int count)
    {
        Connection.Execute("CREATE TABLE t AS SELECT i::INTEGER AS n FROM range(3) r(i); CREATE TEMP TABLE temporary AS SELECT 1 AS one");
        Schema? schema = null;
        Connection.ReadParallel(sql, batch => schema = batch.Schema);
        using var ordered = Connection.Query(sql);
        if (count > 0) Assert.Equal(ordered.Schema, schema);
        Assert.Equal(count, ReadAll(sql).Count);
        Assert.Equal(Sorted(Rows(sql)), Sorted(ReadAll(sql).Rows));
    }

    [Fact]
    public void Given_a_large_table_When_read_in_parallel_Then_two_threads_consume_at_once()
    {
        Connection.Execute("SET threads = 2; CREATE TABLE t AS SELECT i FROM range(1000000) r(i)");
        using var together = new Barrier(2);
        var met = 0;
        var threads = new ConcurrentDictionary<int, bool>();

        Connection.ReadParallel("FROM t", _ =>
        {
            if (threads.TryAdd(Environment.CurrentManagedThreadId, true) && together.SignalAndWait(TimeSpan.FromSeconds(20))) Interlocked.Increment(ref met);
        });

        Assert.Equal(2, met);
    }

    [Fact]
    public void Given_a_batch_of_the_callback_When_kept_Then_the_copy_outlives_the_read_and_the_lent_one_does_not()
    {
        Connection.Execute("CREATE TABLE t AS SELECT i, 'a text that is not inline ' || i AS t, [i, NULL] AS l FROM range(100000) r(i)");
        var kept = new ConcurrentBag<Batch>();
        var lent = new ConcurrentBag<Batch>();
        Connection.ReadParallel("FROM t", batch =>
        {
            lent.Add(batch);
            kept.Add(batch.Retain());
        });
        Connection.Execute("DROP TABLE t; CREATE TABLE t AS SELECT repeat('x', 50) AS x FROM range(1000000)");

        Assert.All(lent, batch => Assert.Throws<ObjectDisposedException>(() => batch[0]));
        Assert.All(lent, batch => Assert.Throws<ObjectDisposedException>(batch.Retain));
        var rows = kept.SelectMany(batch => Enumerable.Range(0, batch.RowCount).Select(row => (batch[0].GetValue(row), batch[1].GetValue(row), TypeTests.Show(batch[2].GetValue(row))))).Order();
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => ((object?)(long)i, (object?)$"a text that is not inline {i}", $"[Int64 {i},NULL]")), rows);
        foreach (var batch in kept) batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept.First()[0]);
    }

    [Fact]
    public void Given_a_callback_that_throws_on_every_thread_When_read_Then_the_first_exception_comes_out_as_it_was_and_no_call_follows()
    {
        Connection.Execute("CREATE TABLE t AS SELECT i FROM range(2000000) r(i)");
        var thrown = new ConcurrentBag<Exception>();
        var calls = 0;

        var error = Assert.Throws<InvalidOperationException>(() => Connection.ReadParallel("FROM t", _ =>
        {
            Interlocked.Increment(ref calls);
            thrown.Add(new InvalidOperationException("enough"));
            throw thrown.Last();
        }));

        Assert.Contains(error, thrown);
        Assert.Contains("ParallelReadTests", error.StackTrace, StringComparison.Ordinal);
        Assert.InRange(calls, 1, Environment.ProcessorCount);
        var after = calls;
        Assert.Equal(2_000_000, ReadAll("FROM t").Count);
        Assert.Equal(after, calls);
    }

    [Fact]
    public async Task Given_an_endless_read_When_cancelled_Then_it_stops_no_call_follows_and_the_connection_goes_on()
    {
        using var stop = new CancellationTokenSource();
        long rows = 0;
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => Connection.ReadParallel(
            Endless,
            batch =>
            {
                if (Interlocked.Add(ref rows, batch.RowCount) > 1_000_000) stop.Cancel();
            },
            stop.Token)));

        var seen = Interlocked.Read(ref rows);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(3, ReadAll("FROM range(3)").Count);
        Assert.Equal(seen, Interlocked.Read(ref rows));
    }

    [Fact]
    public void Given_a_token_cancelled_before_When_read_Then_nothing_is_consumed() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Connection.ReadParallel("FROM range(3)", _ => Assert.Fail("consumed"), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("SELECT CASE WHEN i = 900000 THEN error('bad row') ELSE i END FROM range(1000000) t(i)", "LEAT1112")]
    [InlineData("SELECT * FORM t", "LEAT1110")]
    [InlineData("SELECT amout FROM (SELECT 1 AS amount)", "LEAT1111")]
    [InlineData("SELECT 1; SELECT 2", "LEAT1122")]
    [InlineData("CREATE TABLE x (n INTEGER)", "LEAT1128")]
    [InlineData("SELECT $1::INTEGER", "LEAT1128")]
    [InlineData("SELECT 1::VARIANT", "LEAT1120")]
    public void Given_a_statement_that_cannot_be_read_When_read_in_parallel_Then_the_code_tells_why(string sql, string code)
    {
        Assert.Equal(code, Assert.ThrowsAny<LeatException>(() => Connection.ReadParallel(sql, static _ => { })).Code);
        Assert.Equal(1, ReadAll("SELECT 1").Count);
    }

    [Fact]
    public void Given_an_error_of_the_engine_and_calls_before_it_When_read_Then_it_is_the_engines_not_the_callbacks()
    {
        var error = Assert.Throws<DuckDbException>(() => Connection.ReadParallel("SELECT CASE WHEN i = 900000 THEN error('bad row') ELSE i END FROM range(1000000) t(i)", static _ => { }));

        Assert.Contains("bad row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_read_under_way_When_its_function_is_called_by_hand_Then_the_statement_fails()
    {
        ReadAll("SELECT 1");

        Assert.Contains("no read has the id 42", Assert.Throws<DuckDbException>(() => Rows("SELECT leat_take(42, 'x')")).Message, StringComparison.Ordinal);
        Assert.Contains("needs the id", Assert.Throws<DuckDbException>(() => Rows("SELECT leat_take(NULL, i) FROM range(3) t(i)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_vector_function_that_keeps_its_batch_When_the_statement_is_over_Then_the_copy_is_whole()
    {
        var kept = new ConcurrentBag<Batch>();
        Connection.RegisterVectorFunction("keep_it", [DataType.Text], DataType.Int64, (input, output) =>
        {
            kept.Add(input.Retain());
            for (var row = 0; row < input.RowCount; row++) output.Append(1L);
        });

        Assert.Equal(5000L, Connection.Scalar("SELECT sum(keep_it('a text that is not inline ' || i))::BIGINT FROM range(5000) t(i)"));
        Assert.Equal(5000, kept.SelectMany(batch => Enumerable.Range(0, batch.RowCount).Select(row => (string)batch[0].GetValue(row)!)).Distinct().Count(text => text.StartsWith("a text that is not inline ", StringComparison.Ordinal)));
        foreach (var batch in kept) batch.Dispose();
    }

    [Fact]
    public void Given_10000_parallel_reads_When_done_Then_memory_is_bounded()
    {
        Connection.Execute("CREATE TABLE t AS SELECT i, 'a text that is not inline ' || i AS t, [i, i] AS l FROM range(3000) r(i)");
        ReadOften(2_000);
        var before = Resident();
        ReadOften(10_000);

        Assert.InRange((Resident() - before) / 1024 / 1024, -1000, 60);
    }

    private void ReadOften(int count)
    {
        for (var i = 0; i < count; i++) Connection.ReadParallel("FROM t", static batch => batch.Retain().Dispose());
    }

    private (long Count, IReadOnlyCollection<object?[]> Rows) ReadAll(string sql)
    {
        var rows = new ConcurrentBag<object?[]>();
        var count = Connection.ReadParallel(sql, batch =>
        {
            for (var row = 0; row < batch.RowCount; row++) rows.Add([.. Enumerable.Range(0, batch.ColumnCount).Select(column => batch[column].GetValue(row))]);
        });
        return (count, rows);
    }

    private static IEnumerable<string> Sorted(IEnumerable<object?[]> rows) => rows.Select(row => string.Join(" | ", row.Select(TypeTests.Show))).Order(StringComparer.Ordinal);

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
