using System.Text.Json;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake.Scans;
using Leat.Sql;

namespace Leat.Lake.Tests.Tables;

public sealed class WriteTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Given_every_type_When_written_Then_another_engine_reads_the_same_and_the_statistics_are_Sparks()
    {
        var schema = Schema.Of(
            ("i8", DataType.Int8), ("i64", DataType.Int64), ("f", DataType.Float64), ("d", DataType.Decimal(18, 3)), ("t", DataType.Text), ("b", DataType.Boolean),
            ("day", DataType.Date), ("ntz", DataType.Timestamp), ("tz", DataType.TimestampTz), ("s", DataType.Struct(new Field("x", DataType.Int32))), ("l", DataType.List(DataType.Text)));
        var at = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Unspecified).AddTicks(4567);
        var table = await _lake.Catalog.CreateAsync("types", schema, [], default);
        await table.AppendAsync(LakeFixture.Rows(schema, [(sbyte)-5, 7L, 1.5, 12.345m, new string('a', 31) + "bc", true, new DateOnly(2024, 2, 29), at, new DateTimeOffset(at, TimeSpan.Zero), new Dictionary<string, object?> { ["x"] = 3 }, new List<object?> { "q" }], new object?[11]), null, default);

        var file = Assert.Single((await table.SnapshotAsync(null, default)).Files);
        Assert.Equal(
            """{"numRecords":2,"minValues":{"i8":-5,"i64":7,"f":1.5,"d":12.345,"t":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab","day":"2024-02-29","ntz":"2024-02-29T01:02:03.000","tz":"2024-02-29T01:02:03.000Z","s":{"x":3}},"""
            + "\"maxValues\":{\"i8\":-5,\"i64\":7,\"f\":1.5,\"d\":12.345,\"t\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\\u007F\",\"day\":\"2024-02-29\",\"ntz\":\"2024-02-29T01:02:03.001\",\"tz\":\"2024-02-29T01:02:03.001Z\",\"s\":{\"x\":3}},"
            + "\"nullCount\":{\"i8\":1,\"i64\":1,\"f\":1,\"d\":1,\"t\":1,\"b\":1,\"day\":1,\"ntz\":1,\"tz\":1,\"s\":{\"x\":1}}}",
            file.StatsJson);
        using var other = DuckDbDatabase.Open();
        using var connection = other.Connect();
        Assert.Equal("-5|7|1.5|12.345|true|2024-02-29|2024-02-29 01:02:03.000456|{'x': 3}|[q]", connection.Scalar(
            $"SELECT concat_ws('|', i8, i64, f, d, b, day, ntz, s, l) FROM read_parquet('{table.Root}/*.parquet') WHERE i8 IS NOT NULL"));
        Assert.Contains("timestampNtz", File.ReadAllText(Path.Combine(table.Root, "_delta_log", "00000000000000000000.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_partition_columns_When_written_Then_each_value_has_files_of_its_own_and_reads_back()
    {
        var schema = Schema.Of(("id", DataType.Int64), ("country", DataType.Text), ("day", DataType.Date), ("at", DataType.TimestampTz));
        var table = await _lake.Catalog.CreateAsync("parts", schema, ["country", "day", "at"], default);
        object?[][] rows =
        [
            [1L, "a/b=%", new DateOnly(2024, 1, 1), new DateTimeOffset(2024, 1, 1, 0, 0, 0, 123, TimeSpan.Zero)], [2L, null, new DateOnly(2024, 1, 1), null],
            [3L, "ü ' x", null, null], [4L, "a/b=%", new DateOnly(2024, 1, 1), new DateTimeOffset(2024, 1, 1, 0, 0, 0, 123, TimeSpan.Zero)],
        ];

        await table.AppendAsync(LakeFixture.Rows(schema, rows), null, default);

        var snapshot = await table.SnapshotAsync(null, default);
        Assert.Equal(3, snapshot.Files.Length);
        Assert.Equal("2024-01-01T00:00:00.123000Z", snapshot.Files.Single(f => f.Rows == 2).PartitionValues["at"]);
        Assert.Equal(LakeFixture.LiveFiles(table.Root), snapshot.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        var read = (await LakeFixture.ReadAsync(table)).OrderBy(r => (long)r[0]!).Select(r => string.Join('|', r.Take(3)));
        Assert.Equal(rows.Select(r => string.Join('|', r.Take(3))), read);
    }

    [Fact]
    public async Task Given_a_source_that_fails_midway_When_staged_Then_its_error_comes_out_and_no_file_stays()
    {
        var table = await _lake.NumbersAsync();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await table.StageAsync(Failing(), default));

        Assert.Empty(Directory.GetFiles(table.Root, "*.parquet", SearchOption.AllDirectories));

        static async IAsyncEnumerable<Batch> Failing()
        {
            await foreach (var batch in LakeFixture.NumbersFrom(1, 10)) yield return batch;
            throw new InvalidDataException("the source broke");
        }
    }

    [Fact]
    public async Task Given_rows_of_another_schema_When_staged_Then_LEAT3006_names_both()
    {
        var table = await _lake.NumbersAsync();

        var error = await Assert.ThrowsAsync<LeatException>(async () => await table.StageAsync(LakeFixture.Rows(Schema.Of(("id", DataType.Int32)), [1]), default));

        Assert.Equal("LEAT3006", error.Code);
        Assert.Contains("(id INTEGER)", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_NULL_in_a_NOT_NULL_column_When_staged_Then_LEAT3007_and_no_file_stays()
    {
        var schema = new Schema(new Field("id", DataType.Int64, Nullable: false));
        var table = await _lake.Catalog.CreateAsync("strict", schema, [], default);

        var error = await Assert.ThrowsAsync<LeatException>(async () => await table.StageAsync(LakeFixture.Rows(schema, [1L], [null]), default));

        Assert.Equal("LEAT3007", error.Code);
        Assert.Empty(Directory.GetFiles(table.Root, "*.parquet"));
    }

    [Fact]
    public async Task Given_no_rows_When_appended_Then_no_file_and_no_version_is_made()
    {
        var table = await _lake.NumbersAsync();

        Assert.Equal(new CommitOutcome.Committed(0), await table.AppendAsync(LakeFixture.NumbersFrom(0, 0), null, default));

        Assert.Empty(Directory.GetFiles(table.Root, "*.parquet"));
    }

    [Fact]
    public async Task Given_a_table_in_SQL_When_resolved_Then_the_statement_runs_alone_and_travels_in_time()
    {
        var table = await _lake.NumbersAsync();
        var source = new LakeSqlSource(_lake.Catalog);
        Assert.Equal(["raw.numbers"], await source.ListAsync(default));
        Assert.Equal("id BIGINT, name VARCHAR: 0", await RunAsync(null));
        await table.AppendAsync(LakeFixture.NumbersFrom(1, 3), null, default);
        await table.AppendAsync(LakeFixture.NumbersFrom(4, 3), null, default);

        Assert.Equal("id BIGINT, name VARCHAR: 6", await RunAsync(null));
        Assert.Equal("id BIGINT, name VARCHAR: 3", await RunAsync(new SqlAt(1, null)));
        Assert.Null(await source.ResolveAsync("raw.nothing", null, default));
        Assert.Null(await source.ResolveAsync("no such", null, default));

        async Task<string> RunAsync(SqlAt? at)
        {
            var query = Assert.IsType<SqlRelation.Query>(await source.ResolveAsync("raw.numbers", at, default));
            using var other = DuckDbDatabase.Open();
            using var connection = other.Connect();
            using var result = connection.Query(query.Sql);
            return $"{string.Join(", ", result.Schema.Select(f => $"{f.Name} {f.Type}"))}: {result.ToRows().Count}";
        }
    }

    [Fact]
    public async Task Given_many_rows_and_a_small_target_When_written_Then_files_roll()
    {
        var catalog = _lake.Open(new LakeOptions { TargetFileBytes = 1 << 20, Compression = "uncompressed" });
        var table = await catalog.CreateAsync("big", LakeFixture.Numbers, [], default);

        await table.AppendAsync(Many(), null, default);

        var snapshot = await table.SnapshotAsync(null, default);
        Assert.True(snapshot.Files.Length > 1, $"{snapshot.Files.Length} files");
        Assert.Equal(600_000, snapshot.Files.Sum(f => f.Rows));
        Assert.All(snapshot.Files, f => Assert.Equal(f.Rows, JsonDocument.Parse(f.StatsJson).RootElement.GetProperty("numRecords").GetInt64()));

        static async IAsyncEnumerable<Batch> Many()
        {
            for (var i = 0; i < 12; i++)
                await foreach (var batch in LakeFixture.NumbersFrom(i * 50_000, 50_000)) yield return batch;
        }
    }
}
