using System.Diagnostics;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench;

/// <summary>What the way in and out of the SQL engine costs: rows of 5 columns read into batches, and batches appended to a table.</summary>
/// <remarks>
/// The peer of reading is the same query with its rows consumed inside the engine: an aggregate that looks at every value of every column (sum, sum, sum,
/// sum of string lengths, sum), so that no column is pruned. Reading looks at the same values in C# and must come to the same number.
/// </remarks>
public sealed class EngineBench : IBenchmark
{
    private const int Runs = 5;

    private const string Aggregate = "SELECT (sum(id) + sum(kind) + sum(amount::BIGINT) + sum(strlen(name)) + sum(epoch(seen)::BIGINT))::BIGINT FROM t";

    public string Name => "engine";

    public string Summary => "rows into and out of the SQL engine";

    public Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var rows = quick ? 1_000_000L : 10_000_000L;
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute($"""
            CREATE TABLE t AS SELECT i AS id, (i % 1000)::INTEGER AS kind, (i % 5000)::DOUBLE AS amount,
                'customer number ' || (i % 50000) AS name, TIMESTAMP '2024-01-01' + INTERVAL (i % 100000) SECOND AS seen
            FROM range({rows}) r(i)
            """, ct);
        var expected = (long)connection.Scalar(Aggregate, ct)!;
        long read = 0;
        progress($"{rows:N0} rows: aggregate, read, read and look, append");
        var inside = Time(() => connection.Scalar(Aggregate, ct), ct);
        var bare = Time(() => Read(connection, looks: false), ct);
        var looked = Time(() => read = Read(connection, looks: true), ct);
        var appended = Append(database, rows, ct);
        var count = (long)connection.Scalar("SELECT count(*) FROM into_here", ct)!;
        return Task.FromResult(new BenchReport(
            Name,
            [
                BenchFigure.Of("read_s", "s", bare).Against("the same rows aggregated inside the engine", inside, higherIsBetter: false),
                BenchFigure.Of("read_and_look_s", "s", looked).Against("the same rows aggregated inside the engine", inside, higherIsBetter: false),
                BenchFigure.Of("append_s", "s", appended),
            ],
            [
                new BenchCheck("values_read", read == expected, $"{read}, the engine says {expected}"),
                new BenchCheck("rows_appended", count >= rows, $"{count} of {rows}"),
            ]));
    }

    private static long Read(DuckDbConnection connection, bool looks)
    {
        long sum = 0;
        using var result = connection.Query("SELECT id, kind, amount, name, seen FROM t");
        while (result.Fetch() is { } batch)
        {
            using (batch) sum += looks ? Look(batch) : batch.RowCount;
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
