using System.Globalization;
using Leat.Core;

namespace Leat.Lake.Tests.Tables;

/// <summary>Rows merged by key: one row a key at every version, each mark once, and only the files that must be are written anew.</summary>
public sealed class MergeTests : IDisposable
{
    private static readonly Schema Windows = Schema.Of(("campaign", DataType.Text), ("start", DataType.Timestamp), ("clicks", DataType.Int64));
    private static readonly Schema Given = new([.. Windows, new Field("gone", DataType.Boolean, false)]);
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 200 : 5)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Given_random_merges_When_every_version_is_read_Then_it_holds_the_models_rows_once(int seed)
    {
        var random = new Random(seed);
        using var catalog = _lake.Open(new LakeOptions { TargetFileBytes = 1 << 20 });
        var table = await catalog.CreateAsync("windows", Windows, [], default);
        var model = new Dictionary<(string?, DateTime?), long>();
        var versions = new List<List<string>> { Shown(model) };
        for (var epoch = 1; epoch <= 12; epoch++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Row(random, epoch)).ToArray();
            var mark = new LakeTransaction("job", epoch);
            Assert.Equal(new CommitOutcome.Committed(epoch), await table.MergeAsync(LakeFixture.Rows(Given, rows), new LakeMerge(["campaign", "start"], mark), default));
            if (random.Next(3) == 0) Assert.IsType<CommitOutcome.AlreadyCommitted>(await table.MergeAsync(LakeFixture.Rows(Given, rows), new LakeMerge(["campaign", "start"], mark), default));
            foreach (var row in rows)
            {
                if (row[3] is true) model.Remove(((string?)row[0], (DateTime?)row[1]));
                else model[((string?)row[0], (DateTime?)row[1])] = (long)row[2]!;
            }

            versions.Add(Shown(model));
        }

        using var other = _lake.Open();
        var read = (await other.FindAsync("windows", default))!;
        for (var version = 0; version < versions.Count; version++)
            Assert.Equal(versions[version], (await LakeFixture.ReadAsync(read, version)).Select(r => Show((string?)r[0], (DateTime?)r[1], (long)r[2]!)).Order(StringComparer.Ordinal));
        var snapshot = await read.SnapshotAsync(null, default);
        Assert.Equal(LakeFixture.LiveFiles(table.Root), snapshot.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(12, snapshot.Transactions["job"]);
    }

    [Fact]
    public async Task Given_files_of_other_keys_When_rows_are_merged_Then_those_files_stay()
    {
        var table = await _lake.NumbersAsync();
        for (var i = 0; i < 4; i++) await table.AppendAsync(LakeFixture.NumbersFrom(i * 100, 10), null, default);
        var before = LakeFixture.LiveFiles(table.Root);
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);

        await table.MergeAsync(LakeFixture.Rows(schema, [203L, "new", false], [150L, "between", false], [205L, null, true]), new LakeMerge(["id"], null), default);

        Assert.Equal(3, LakeFixture.LiveFiles(table.Root).Intersect(before).Count());
        var rows = (await LakeFixture.ReadAsync(table)).ToDictionary(r => (long)r[0]!, r => (string?)r[1]);
        Assert.Equal(40, rows.Count);
        Assert.Equal(("new", "between", "n204", false), (rows[203], rows[150], rows[204], rows.ContainsKey(205)));
    }

    [Theory]
    [InlineData(10L)]
    [InlineData(19L)]
    public async Task Given_a_key_at_the_edge_of_a_files_range_When_merged_Then_it_is_found(long id)
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(10, 10), null, default);
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);
        await table.MergeAsync(LakeFixture.Rows(schema, [id, "new", false]), new LakeMerge(["id"], null), default);
        Assert.Equal(10, (await LakeFixture.IdsAsync(table)).Count);
    }

    [Fact]
    public async Task Given_a_key_that_is_NULL_beside_keys_out_of_a_files_range_When_merged_Then_its_row_is_found()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.Rows(LakeFixture.Numbers, [null, "old"], [1L, "one"]), null, default);
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);
        await table.MergeAsync(LakeFixture.Rows(schema, [null, "new", false], [100L, "more", false]), new LakeMerge(["id"], null), default);
        Assert.Equal(["more", "new", "one"], (await LakeFixture.ReadAsync(table)).Select(r => (string)r[1]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Given_a_time_that_another_writers_statistics_cut_When_merged_Then_its_row_is_found()
    {
        var table = await _lake.Catalog.CreateAsync("windows", Windows, [], default);
        var at = new DateTime(2026, 1, 1, 0, 0, 1, DateTimeKind.Utc).AddTicks(1230);
        await table.AppendAsync(LakeFixture.Rows(Windows, ["a", at, 1L]), null, default);
        var log = Path.Combine(table.Root, "_delta_log", $"{1:D20}.json");
        var text = File.ReadAllText(log);
        Assert.Contains("00:00:01.001", text, StringComparison.Ordinal);
        File.WriteAllText(log, text.Replace("00:00:01.001", "00:00:01.000", StringComparison.Ordinal));
        using var other = _lake.Open();
        table = (await other.FindAsync("windows", default))!;
        await table.MergeAsync(LakeFixture.Rows(Given, ["a", at, 2L, false]), new LakeMerge(["campaign", "start"], null), default);
        Assert.Equal(2L, Assert.Single(await LakeFixture.ReadAsync(table))[2]);
    }

    [Fact]
    public async Task Given_a_merge_of_what_is_not_there_When_only_rows_leave_Then_nothing_is_written()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(0, 3), null, default);
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);

        var outcome = await table.MergeAsync(LakeFixture.Rows(schema, [77L, null, true]), new LakeMerge(["id"], null), default);

        Assert.Equal(new CommitOutcome.Committed(1), outcome);
        Assert.Single(Directory.GetFiles(table.Root, "*.parquet"));
    }

    [Fact]
    public async Task Given_merges_and_appends_at_once_from_several_catalogs_When_all_are_done_Then_each_key_has_its_last_row_once()
    {
        await _lake.NumbersAsync();
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);
        var catalogs = Enumerable.Range(0, 4).Select(_ => _lake.Open()).ToList();
        await Task.WhenAll(catalogs.Select((catalog, writer) => Task.Run(async () =>
        {
            var table = (await catalog.FindAsync("raw.numbers", default))!;
            for (var i = 0; i < 5; i++)
            {
                if (writer == 0) await table.AppendAsync(LakeFixture.NumbersFrom(1000 + (i * 10), 2), new LakeTransaction("appender", i), default);
                else await table.MergeAsync(LakeFixture.Rows(schema, [(long)writer, $"{i}", false], [99L, $"{writer}", false]), new LakeMerge(["id"], new LakeTransaction($"merger-{writer}", i)), default);
            }
        })));

        var rows = await LakeFixture.ReadAsync((await _lake.Open().FindAsync("raw.numbers", default))!);
        Assert.Equal(10 + 3 + 1, rows.Count);
        Assert.All(Enumerable.Range(1, 3), w => Assert.Equal("4", Assert.Single(rows, r => (long)r[0]! == w)[1]));
        Assert.Single(rows, r => (long)r[0]! == 99);
        // What lost a race is not left behind: the files in the folder are those that some version names.
        var named = Directory.GetFiles(Path.Combine(_lake.Folder, "raw", "numbers", "_delta_log")).SelectMany(File.ReadLines).Where(l => l.StartsWith("{\"add\"", StringComparison.Ordinal)).Count();
        Assert.Equal(named, Directory.GetFiles(Path.Combine(_lake.Folder, "raw", "numbers"), "*.parquet").Length);
    }

    [Fact]
    public async Task Given_a_wrong_key_or_wrong_columns_When_merged_Then_LEAT3006_names_them()
    {
        var table = await _lake.NumbersAsync();
        var schema = new Schema([.. LakeFixture.Numbers, new Field("gone", DataType.Boolean, false)]);
        var key = await Assert.ThrowsAsync<LeatException>(async () => await table.MergeAsync(LakeFixture.Rows(schema, [1L, "a", false]), new LakeMerge(["nr"], null), default));
        var columns = await Assert.ThrowsAsync<LeatException>(async () => await table.MergeAsync(LakeFixture.NumbersFrom(1, 1), new LakeMerge(["id"], null), default));
        Assert.Equal(("LEAT3006", "LEAT3006"), (key.Code, columns.Code));
        Assert.Contains("'nr'", key.Message, StringComparison.Ordinal);
        Assert.Contains("BOOLEAN", columns.Message, StringComparison.Ordinal);
    }

    private static object?[] Row(Random random, int epoch)
    {
        var campaign = random.Next(20) == 0 ? null : $"campaign with quite a long name that is cut in statistics {random.Next(6)}";
        DateTime? start = random.Next(30) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, epoch + random.Next(3), DateTimeKind.Utc).AddTicks(random.Next(2) * 10);
        var gone = random.Next(5) == 0;
        return [campaign, start, gone ? null : random.NextInt64(1000), gone];
    }

    private static List<string> Shown(Dictionary<(string? Campaign, DateTime? Start), long> rows) => [.. rows.Select(r => Show(r.Key.Campaign, r.Key.Start, r.Value)).Order(StringComparer.Ordinal)];

    private static string Show(string? campaign, DateTime? start, long clicks) => string.Create(CultureInfo.InvariantCulture, $"{campaign}|{start?.Ticks}|{clicks}");
}
