using Leat.Core;

namespace Leat.DuckDb.Tests;

public class FunctionTests : EngineTest
{
    [Fact]
    public void Given_a_function_of_a_row_When_called_Then_it_computes_and_null_gives_null()
    {
        Connection.RegisterFunction<long, long, long>("add_up", (a, b) => a + b);
        Connection.RegisterFunction<string, string>("shout", text => text.ToUpperInvariant() + "! and a long tail");

        Assert.Equal([3L, "HEY! and a long tail", null], Rows("SELECT add_up(1, 2), shout('hey'), shout(NULL)").Single());
        Assert.Equal(49_995_000L + 10_000, Connection.Scalar("SELECT sum(add_up(i, 1))::BIGINT FROM range(10000) t(i)"));
    }

    [Fact]
    public void Given_a_vector_function_When_called_over_many_rows_Then_texts_and_nulls_are_right()
    {
        Connection.RegisterVectorFunction("describe_it", [DataType.Int64, DataType.Text], DataType.Text, static (input, output) =>
        {
            for (var row = 0; row < input.RowCount; row++)
                if (input[1].IsNull(row)) output.AppendNull();
                else output.AppendText($"{input[0].Get<long>(row)}: {input[1].GetText(row)} with more text");
        });

        Assert.Equal(10_000L, Connection.Scalar("SELECT count(*) FROM range(10000) t(i) WHERE describe_it(i, 'x' || i) = i || ': x' || i || ' with more text'"));
        Assert.Equal(0L, Connection.Scalar("SELECT count(describe_it(i, NULL)) FROM range(10000) t(i)"));
    }

    [Fact]
    public void Given_nested_arguments_partly_constant_When_called_Then_each_row_sees_its_values()
    {
        Connection.RegisterFunction("show_it", [DataType.Struct(new Field("a", DataType.Int64), new Field("b", DataType.List(DataType.Text)))], DataType.Text, arguments => TypeTests.Show(arguments[0]));

        Assert.Equal(5000L, Connection.Scalar("SELECT count(*) FROM range(5000) t(i) WHERE show_it({'a': i, 'b': ['constant text, not inline', 'x']}) = '{a=Int64 ' || i || ',b=[String constant text, not inline,String x]}'"));
    }

    [Fact]
    public void Given_a_nested_result_When_made_Then_SQL_reads_it()
    {
        Connection.RegisterFunction("pair", [DataType.Int64], DataType.List(DataType.Struct(new Field("k", DataType.Text))),
            arguments => Enumerable.Range(0, (int)(long)arguments[0]! % 3).Select(i => new Dictionary<string, object?> { ["k"] = $"key number {i} of a list" }).ToList());

        Assert.Equal("key number 1 of a list", Connection.Scalar("SELECT pair(i)[2].k FROM range(5000) t(i) WHERE i = 4997"));
        Assert.Equal(4999L, Connection.Scalar("SELECT sum(len(pair(i)))::BIGINT FROM range(5000) t(i)"));
    }

    [Fact]
    public void Given_a_function_that_throws_When_called_Then_the_statement_fails_with_the_cause()
    {
        Connection.RegisterFunction<long, long>("fail_at", n => n == 3000 ? throw new InvalidOperationException("three thousand") : n);

        var error = Assert.Throws<LeatException>(() => Rows("SELECT fail_at(i) FROM range(5000) t(i)"));

        Assert.Equal("LEAT1123", error.Code);
        Assert.Equal("three thousand", Assert.IsType<InvalidOperationException>(error.InnerException).Message);
        Assert.Equal(1L, Connection.Scalar("SELECT fail_at(1)"));
    }

    [Fact]
    public void Given_a_table_function_with_arguments_When_called_Then_it_gets_them_and_only_asked_columns()
    {
        var asked = new List<string>();
        Connection.RegisterTableFunction(new DuckDbTableFunction("series", [DataType.Int64], [new Field("label", DataType.Text)], call =>
            new DuckDbTableScan(Schema.Of(("n", DataType.Int64), ("t", DataType.Text), ("u", DataType.Int32)), columns => Series((long)call.Arguments[0]!, (string?)call.Named.GetValueOrDefault("label"), [.. columns], asked), Projects: true)));

        Assert.Equal(["a label of some length 2999", 1], Rows("SELECT max_by(t, length(t) * 100000 + u), min(u) + 1 FROM series(3000, label := 'a label of some length ')").Single());
        Assert.Equal(3000L, Connection.Scalar("SELECT count(*) FROM series(3000)"));
        Assert.Equal(["1,2", "0"], asked);
    }

    [Fact]
    public void Given_a_table_function_that_throws_When_bound_or_read_Then_the_statement_fails_with_the_cause()
    {
        Connection.RegisterTableFunction(new DuckDbTableFunction("bad_bind", [], [], _ => throw new LeatException("LEAT9999", "what", "where", "todo")));
        Connection.RegisterBatches("bad_read", Schema.Of(("n", DataType.Int64)), Broken);

        Assert.Equal("LEAT9999", Assert.Throws<LeatException>(() => Rows("FROM bad_bind()")).Code);
        Assert.Equal("LEAT1123", Assert.Throws<LeatException>(() => Rows("FROM bad_read()")).Code);
    }

    [Fact]
    public void Given_registered_batches_When_scanned_twice_in_a_join_Then_each_scan_opens_anew_and_batches_are_freed()
    {
        var opened = 0;
        Batch? last = null;
        var schema = Schema.Of(("n", DataType.Int64), ("t", DataType.Text));
        Connection.RegisterBatches("numbers", schema, () =>
        {
            Interlocked.Increment(ref opened);
            return Enumerable.Range(0, 3).Select(_ => last = Numbers(5000));
        });

        Assert.Equal(45_000L, Connection.Scalar("SELECT count(*) FROM numbers() a JOIN numbers() b ON a.n = b.n AND a.t IS NOT DISTINCT FROM b.t"));
        Assert.Equal(2, opened);
        Assert.Throws<ObjectDisposedException>(() => last![0]);
        Assert.Equal("a rather long text 4998", Connection.Scalar("SELECT t FROM numbers() ORDER BY n DESC, t DESC NULLS LAST OFFSET 4"));
    }

    [Fact]
    public void Given_a_scan_cut_short_by_a_limit_When_the_query_ends_Then_the_source_is_disposed()
    {
        var ended = false;
        Connection.RegisterBatches("endless", Schema.Of(("n", DataType.Int64), ("t", DataType.Text)), Endless);
        Rows("FROM endless() LIMIT 10");

        Assert.True(ended);

        IEnumerable<Batch> Endless()
        {
            try
            {
                while (true) yield return Numbers(100);
            }
            finally
            {
                ended = true;
            }
        }
    }

    private static IEnumerable<Batch> Broken()
    {
        using var builder = new BatchBuilder(Schema.Of(("n", DataType.Int64)));
        builder.AppendRow(1L);
        yield return builder.Build();
        throw new InvalidOperationException("broken");
    }

    private static IEnumerable<Batch> Series(long count, string? label, int[] columns, List<string> asked)
    {
        asked.Add(string.Join(",", columns));
        (string, DataType)[] all = [("n", DataType.Int64), ("t", DataType.Text), ("u", DataType.Int32)];
        using var builder = new BatchBuilder(Schema.Of(columns.Select(column => all[column]).ToArray()));
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < columns.Length; c++)
                if (columns[c] == 1) builder[c].AppendText($"{label}{i}");
                else builder[c].Append(i);
            builder.EndRow();
        }

        yield return builder.Build();
    }
}
