using System.Text.Json;
using Leat.Core;

namespace Leat.Lake.Tests.Tables;

public sealed class CommitTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Given_appends_When_older_versions_are_read_Then_each_has_its_rows()
    {
        var table = await _lake.NumbersAsync();
        for (var i = 0; i < 3; i++) Assert.Equal(new CommitOutcome.Committed(i + 1), await table.AppendAsync(LakeFixture.NumbersFrom(i * 10, 2), null, default));

        Assert.Empty(await LakeFixture.IdsAsync(table, 0));
        Assert.Equal([0, 1], await LakeFixture.IdsAsync(table, 1));
        Assert.Equal([0, 1, 10, 11, 20, 21], await LakeFixture.IdsAsync(table));
        var error = await Assert.ThrowsAsync<LeatException>(async () => await table.SnapshotAsync(4, default));
        Assert.Equal("LEAT3004", error.Code);
    }

    [Fact]
    public async Task Given_eight_writers_with_catalogs_of_their_own_When_they_append_at_once_Then_nothing_is_lost()
    {
        const int writers = 8, commits = 6;
        await _lake.NumbersAsync();
        var catalogs = Enumerable.Range(0, writers).Select(_ => _lake.Open()).ToList();

        await Task.WhenAll(catalogs.Select((catalog, writer) => Task.Run(async () =>
        {
            var table = (await catalog.FindAsync("raw.numbers", default))!;
            for (var i = 0; i < commits; i++)
                Assert.IsType<CommitOutcome.Committed>(await table.AppendAsync(LakeFixture.NumbersFrom((writer * 1000) + (i * 10), 5), new LakeTransaction($"writer-{writer}", i), default));
        })));

        var table = (await _lake.Open().FindAsync("raw.numbers", default))!;
        var expected = from writer in Enumerable.Range(0, writers) from i in Enumerable.Range(0, commits) from row in Enumerable.Range(0, 5) select (long)((writer * 1000) + (i * 10) + row);
        Assert.Equal(expected.Order(), await LakeFixture.IdsAsync(table));
        var snapshot = await table.SnapshotAsync(null, default);
        Assert.Equal(writers * commits, snapshot.Version);
        Assert.Equal(LakeFixture.LiveFiles(table.Root), snapshot.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.All(Enumerable.Range(0, writers), w => Assert.Equal(commits - 1, snapshot.Transactions[$"writer-{w}"]));
    }

    [Fact]
    public async Task Given_eight_creators_at_once_When_they_create_the_same_table_Then_all_get_the_same_one()
    {
        var tables = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _lake.Open()).Select(c => Task.Run(() => c.CreateAsync("t", LakeFixture.Numbers, [], default).AsTask())));

        Assert.All(tables, t => Assert.Equal(tables[0].Root, t.Root));
        Assert.Single(Directory.GetFiles(Path.Combine(tables[0].Root, "_delta_log")));
        Assert.Equal(["t"], await _lake.Catalog.ListAsync(default));
    }

    [Fact]
    public async Task Given_a_committed_transaction_When_it_is_committed_again_Then_nothing_changes_and_no_file_stays()
    {
        var table = await _lake.NumbersAsync();
        var mark = new LakeTransaction("job/1", 7);
        await table.AppendAsync(LakeFixture.NumbersFrom(1, 2), mark, default);

        var outcome = await table.AppendAsync(LakeFixture.NumbersFrom(1, 2), mark, default);

        Assert.Equal(new CommitOutcome.AlreadyCommitted(7), outcome);
        Assert.Equal([1, 2], await LakeFixture.IdsAsync(table));
        Assert.Single(Directory.GetFiles(table.Root, "*.parquet"));
        Assert.IsType<CommitOutcome.AlreadyCommitted>(await table.AppendAsync(LakeFixture.NumbersFrom(9, 1), mark with { Version = 6 }, default));
        Assert.IsType<CommitOutcome.Committed>(await table.AppendAsync(LakeFixture.NumbersFrom(3, 1), mark with { Version = 8 }, default));
    }

    [Fact]
    public async Task Given_a_kill_between_stage_and_commit_When_the_manifest_is_committed_after_the_restart_Then_rows_are_there_once()
    {
        var staged = await (await _lake.NumbersAsync()).StageAsync(LakeFixture.NumbersFrom(1, 3), default);
        var manifest = JsonSerializer.Serialize(staged, StagedFilesJson.Default.StagedFiles);
        var table = (await _lake.Open().FindAsync("raw.numbers", default))!;
        Assert.Empty(await LakeFixture.IdsAsync(table));

        var restored = JsonSerializer.Deserialize(manifest, StagedFilesJson.Default.StagedFiles)!;
        Assert.IsType<CommitOutcome.Committed>(await table.CommitAsync(restored, new LakeTransaction("job", 1), default));
        var again = (await _lake.Open().FindAsync("raw.numbers", default))!;
        Assert.IsType<CommitOutcome.AlreadyCommitted>(await again.CommitAsync(restored, new LakeTransaction("job", 1), default));

        Assert.Equal([1, 2, 3], await LakeFixture.IdsAsync(again));
        Assert.Equal(0, await again.DeleteStagedAsync(restored, default));
    }

    [Fact]
    public async Task Given_staged_files_that_are_deleted_When_they_are_committed_Then_LEAT3013_names_the_file()
    {
        var table = await _lake.NumbersAsync();
        var staged = await table.StageAsync(LakeFixture.NumbersFrom(1, 3), default);
        Assert.Equal(1, await table.DeleteStagedAsync(staged, default));

        var error = await Assert.ThrowsAsync<LeatException>(async () => await table.CommitAsync(staged, null, default));

        Assert.Equal("LEAT3013", error.Code);
        Assert.Contains(staged.Files[0].Path, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_several_marks_When_one_of_them_is_known_Then_nothing_is_committed()
    {
        var table = await _lake.NumbersAsync();
        var staged = await table.StageAsync(LakeFixture.NumbersFrom(1, 1), default);
        Assert.IsType<CommitOutcome.Committed>(await table.CommitAsync(new LakeCommit(staged, [new("p/0", 5), new("p/1", 3)]), default));

        var outcome = await table.CommitAsync(new LakeCommit(staged with { Files = [] }, [new("p/0", 6), new("p/1", 3)]), default);

        Assert.Equal(new CommitOutcome.AlreadyCommitted(3), outcome);
        Assert.Equal(5, (await table.SnapshotAsync(null, default)).Transactions["p/0"]);
    }

    [Fact]
    public async Task Given_rows_When_they_are_replaced_Then_the_old_version_can_still_be_read()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(1, 2), null, default);
        var staged = await table.StageAsync(LakeFixture.NumbersFrom(50, 1), default);

        await table.CommitAsync(new LakeCommit(staged, []) { Replace = true }, default);

        Assert.Equal([50], await LakeFixture.IdsAsync((await _lake.Open().FindAsync("raw.numbers", default))!));
        Assert.Equal([1, 2], await LakeFixture.IdsAsync(table, 1));
        Assert.Equal(LakeFixture.LiveFiles(table.Root), (await table.SnapshotAsync(null, default)).Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Given_a_commit_When_its_file_is_read_Then_commitInfo_comes_first_with_engine_and_time()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(1, 1), null, default);

        var first = JsonDocument.Parse(File.ReadLines(Path.Combine(table.Root, "_delta_log", "00000000000000000001.json")).First()).RootElement.GetProperty("commitInfo");

        Assert.Equal("WRITE", first.GetProperty("operation").GetString());
        Assert.StartsWith("Leat/", first.GetProperty("engineInfo").GetString(), StringComparison.Ordinal);
        Assert.Equal(_lake.Time.GetUtcNow().ToUnixTimeMilliseconds(), first.GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public async Task Given_another_schema_When_the_table_is_created_again_Then_LEAT3002_names_both()
    {
        await _lake.NumbersAsync();

        var error = await Assert.ThrowsAsync<LeatException>(async () => await _lake.Open().CreateAsync("raw.numbers", Schema.Of(("id", DataType.Text)), [], default));

        Assert.Equal(("LEAT3002", "the table exists with (id BIGINT, name VARCHAR), asked for was (id VARCHAR)"), (error.Code, error.What));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("_delta_log")]
    public async Task Given_a_name_that_is_none_When_looked_up_Then_LEAT3001(string name)
    {
        var error = await Assert.ThrowsAsync<LeatException>(async () => await _lake.Catalog.FindAsync(name, default));

        Assert.Equal("LEAT3001", error.Code);
    }
}
