using System.Diagnostics;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench;

/// <summary>What the way in and out of the SQL engine costs: reading rows into batches, appending batches, scanning batches from SQL.</summary>
/// <remarks>
/// The peer of reading is the same query with its rows consumed inside the engine: an aggregate over every column that has to look at every value
/// (sum, sum, sum, sum of string lengths, max), so no column is pruned. Reading looks at the same values: it sums the vectors it gets.
/// </remarks>
public sealed class EngineBench(long rows)
{
    private const int Repeats = 5;

    /// <summary>Runs all parts in a database in memory and gives name and seconds, medians of five.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Run()
    {
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute($"""
            CREATE TABLE t AS SELECT i AS id, (i % 1000)::INTEGER AS kind, i * 0.5::DOUBLE AS amount,
                'customer number ' || (i % 50000) AS name, TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS seen
            FROM range({rows}) r(i)
            """);
        return
        [
            ("aggregate inside the engine", Median(() => connection.Scalar("SELECT sum(id) + sum(kind) + sum(amount) + sum(strlen(name)) + epoch(max(seen)) FROM t"))),
            ("read into batches", Median(() => Read(connection, false))),
            ("read into batches and look at every value", Median(() => Read(connection, true))),
            ("append batches", Append(database)),
        ];
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
        var amount = 0.0;
        foreach (var id in batch[0].Vectors[0].Values<long>()) sum += id;
        foreach (var kind in batch[1].Vectors[0].Values<int>()) sum += kind;
        foreach (var value in batch[2].Vectors[0].Values<double>()) amount += value;
        foreach (var name in batch[3].Vectors[0].Values<Text>()) sum += name.Length;
        foreach (var seen in batch[4].Vectors[0].Values<long>()) sum = Math.Max(sum, seen);
        return sum + (long)amount;
    }

    private double Append(DuckDbDatabase database)
    {
        using var batch = MakeBatch();
        using var connection = database.Connect();
        return Median(() =>
        {
            connection.Execute("CREATE OR REPLACE TABLE into_here (id BIGINT, kind INTEGER, amount DOUBLE, name VARCHAR, seen TIMESTAMP)");
            using var appender = connection.OpenAppender("into_here");
            for (long done = 0; done < rows; done += batch.RowCount) appender.Append(batch);
            appender.Complete();
            return null;
        });
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

    private static double Median(Func<object?> run)
    {
        var seconds = new double[Repeats];
        for (var i = 0; i < seconds.Length; i++)
        {
            var watch = Stopwatch.StartNew();
            run();
            seconds[i] = watch.Elapsed.TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[Repeats / 2];
    }
}
