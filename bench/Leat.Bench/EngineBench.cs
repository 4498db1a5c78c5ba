using System.Diagnostics;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench;

/// <summary>What the way in and out of the SQL engine costs: rows of 5 columns read into batches, and batches appended to a table.</summary>
/// <remarks>
/// Rows come from a query that computes them, and from a table in memory; a streamed result is read by one thread, the engine aggregates with all cores.
/// The peer of reading is the same query with its rows consumed inside the engine: an aggregate that looks at every value of every column (sum, sum, sum,
/// sum of string lengths, sum), so that no column is pruned. Reading looks at the same values in C# and must come to the same number.
/// </remarks>
public sealed class EngineBench : IBenchmark
{
    private const int Runs = 5;

    private const string Table = "SELECT id, kind, amount, name, seen FROM t";

    private static string Computed(long rows) => $"""
        SELECT i AS id, (i % 1000)::INTEGER AS kind, (i % 5000)::DOUBLE AS amount,
            'customer number ' || (i % 50000) AS name, TIMESTAMP '2024-01-01' + INTERVAL (i % 100000) SECOND AS seen
        FROM range({rows}) r(i)
        """;

    private static string Aggregate(string query) => $"SELECT (sum(id) + sum(kind) + sum(amount::BIGINT) + sum(strlen(name)) + sum(epoch(seen)::BIGINT))::BIGINT FROM ({query})";

    public string Name => "engine";

    public string Summary => "rows into and out of the SQL engine";

    public Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var rows = quick ? 1_000_000L : 10_000_000L;
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute($"CREATE TABLE t AS {Computed(rows)}", ct);
        var expected = (long)connection.Scalar(Aggregate(Table), ct)!;
        long read = 0;
        progress($"{rows:N0} rows: aggregate, read and look; from a query that computes them, and from a table in memory");
        var computedInside = Time(() => connection.Scalar(Aggregate(Computed(rows)), ct), ct);
        var computedRead = Time(() => read = Read(connection, Computed(rows)), ct);
        var tableInside = Time(() => connection.Scalar(Aggregate(Table), ct), ct);
        var tableRead = Time(() => read = Read(connection, Table), ct);
        var appended = Append(database, rows, ct);
        var count = (long)connection.Scalar("SELECT count(*) FROM into_here", ct)!;
        return Task.FromResult(new BenchReport(
            Name,
            [
                BenchFigure.Of("read_query_s", "s", computedRead).Against("the same query aggregated inside the engine", computedInside, higherIsBetter: false),
                BenchFigure.Of("read_table_s", "s", tableRead).Against("the same table aggregated inside the engine, by all cores", tableInside, higherIsBetter: false),
                BenchFigure.Of("append_s", "s", appended),
            ],
            [
                new BenchCheck("values_read", read == expected, $"{read}, the engine says {expected}"),
                new BenchCheck("rows_appended", count >= rows, $"{count} of {rows}"),
            ]));
    }

    /// <summary>Streams the rows and looks at every value.</summary>
    private static long Read(DuckDbConnection connection, string query)
    {
        long sum = 0;
        using var result = connection.Query(query);
        while (result.Fetch() is { } batch)
        {
            using (batch) sum += Look(batch);
        }

        return sum;
    }

    private static long Look(Batch batch)
    {
        long sum = 0;
        foreach (var id in batch[0].Vectors[0].Values<long>()) sum += id;
        foreach (var kind in batch[1].Vectors[0].Values<int>()) sum += kind;
        foreach (var amount in batch[2].Vectors[0].Values<double>()) sum += (long)amount;
        foreach (var name in batch[3].Vectors[0].Values<Text>()) sum += name.Length;
        foreach (var seen in batch[4].Vectors[0].Values<long>()) sum += seen / 1_000_000;
        return sum;
    }

    private static double[] Append(DuckDbDatabase database, long rows, CancellationToken ct)
    {
        using var batch = MakeBatch();
        using var connection = database.Connect();
        return Time(
            () =>
            {
                connection.Execute("CREATE OR REPLACE TABLE into_here (id BIGINT, kind INTEGER, amount DOUBLE, name VARCHAR, seen TIMESTAMP)", ct);
                using var appender = connection.OpenAppender("into_here");
                for (long done = 0; done < rows; done += batch.RowCount) appender.Append(batch);
                appender.Complete();
                return null;
            },
            ct);
    }

    private static Batch MakeBatch()
    {
        using var builder = new BatchBuilder(Schema.Of(("id", DataType.Int64), ("kind", DataType.Int32), ("amount", DataType.Float64), ("name", DataType.Text), ("seen", DataType.Timestamp)));
        for (var i = 0; !builder.IsFull; i++)
        {
            builder[0].Append((long)i);
            builder[1].Append(i % 1000);
            builder[2].Append(i * 0.5);
            builder[3].AppendText($"customer number {i % 50000}");
            builder[4].Append(1_704_067_200_000_000L + (i * 1_000_000L));
            builder.EndRow();
        }

        return builder.Build();
    }

    private static double[] Time(Func<object?> run, CancellationToken ct)
    {
        var seconds = new double[Runs];
        run();
        for (var i = 0; i < seconds.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            run();
            seconds[i] = watch.Elapsed.TotalSeconds;
        }

        return seconds;
    }
}
