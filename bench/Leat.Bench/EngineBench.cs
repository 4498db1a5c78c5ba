using System.Diagnostics;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench;

/// <summary>What the way in and out of the SQL engine costs: rows of 5 columns read into batches, and batches appended to a table.</summary>
/// <remarks>
/// Rows come from a query that computes them, and from a table in memory, and are read twice: in order, fetched by one thread, and in parallel, handed
/// over on the engine's threads. The peer is the same query with its rows consumed inside the engine, by all its threads: an aggregate that looks at every
/// value of every column (sum, sum, sum, sum of string lengths, sum), so that no column is pruned. Reading looks at the same values in C# and must come to
/// the same number. The handover figures leave the looking out on both sides: batches are taken and dropped, the engine counts the values of each column.
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

    private static string Count(string query) => $"SELECT count(id) + count(kind) + count(amount) + count(name) + count(seen) FROM ({query})";

    public string Name => "engine";

    public string Summary => "rows into and out of the SQL engine";

    public Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var rows = quick ? 1_000_000L : 10_000_000L;
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute($"CREATE TABLE t AS {Computed(rows)}", ct);
        var expected = (long)connection.Scalar(Aggregate(Table), ct)!;
        progress($"{rows:N0} rows, from a query that computes them and from a table in memory: aggregated, read in order, read in parallel");
        var figures = new List<BenchFigure>();
        var sums = new List<long>();
        foreach (var (name, query) in (ReadOnlySpan<(string, string)>)[("query", Computed(rows)), ("table", Table)]) figures.AddRange(ReadFigures(connection, name, query, sums, ct));
        figures.Add(BenchFigure.Of("append_s", "s", Append(database, rows, ct)));
        var count = (long)connection.Scalar("SELECT count(*) FROM into_here", ct)!;
        return Task.FromResult(new BenchReport(
            Name,
            [.. figures],
            [
                new BenchCheck("values_read", sums.TrueForAll(sum => sum == expected), $"{string.Join(", ", sums)}; the engine says {expected}"),
                new BenchCheck("rows_appended", count >= rows, $"{count} of {rows}"),
            ]));
    }

    /// <summary>One query, read both ways beside its peers.</summary>
    private static IEnumerable<BenchFigure> ReadFigures(DuckDbConnection connection, string name, string query, List<long> sums, CancellationToken ct)
    {
        const string aggregated = "the same rows aggregated inside the engine, by all its threads";
        const string counted = "the values of each column counted inside the engine";
        long ordered = 0, parallel = 0;
        var seconds = Time(
            [
                () => connection.Scalar(Aggregate(query), ct),
                () => ordered = Read(connection, query),
                () => parallel = ReadParallel(connection, query, ct),
                () => connection.Scalar(Count(query), ct),
                () => connection.ReadParallel(query, static _ => { }, ct),
            ],
            ct);
        sums.AddRange([ordered, parallel]);
        return
        [
            BenchFigure.Of($"read_{name}_ordered_s", "s", seconds[1]).Against(aggregated, seconds[0], higherIsBetter: false),
            BenchFigure.Of($"read_{name}_parallel_s", "s", seconds[2]).Against(aggregated, seconds[0], higherIsBetter: false),
            BenchFigure.Of($"handover_{name}_parallel_s", "s", seconds[4]).Against(counted, seconds[3], higherIsBetter: false),
        ];
    }

    private static long ReadParallel(DuckDbConnection connection, string query, CancellationToken ct)
    {
        long sum = 0;
        connection.ReadParallel(query, batch => Interlocked.Add(ref sum, Look(batch)), ct);
        return sum;
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
        return Time([AppendAll], ct)[0];

        object? AppendAll()
        {
            connection.Execute("CREATE OR REPLACE TABLE into_here (id BIGINT, kind INTEGER, amount DOUBLE, name VARCHAR, seen TIMESTAMP)", ct);
            using var appender = connection.OpenAppender("into_here");
            for (long done = 0; done < rows; done += batch.RowCount) appender.Append(batch);
            appender.Complete();
            return null;
        }
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

    /// <summary>Times the runs in turns, after one turn to warm up.</summary>
    private static double[][] Time(Func<object?>[] runs, CancellationToken ct)
    {
        var seconds = runs.Select(_ => new double[Runs]).ToArray();
        for (var turn = -1; turn < Runs; turn++)
        {
            for (var i = 0; i < runs.Length; i++)
            {
                ct.ThrowIfCancellationRequested();
                var watch = Stopwatch.StartNew();
                runs[i]();
                if (turn >= 0) seconds[i][turn] = watch.Elapsed.TotalSeconds;
            }
        }

        return seconds;
    }
}
