using Leat.Core;
using Leat.Lake.Tests.Tables;

namespace Leat.Lake.Tests.Changes;

/// <summary>What versions of Leat's own tables changed, and slices of their snapshots.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Given_appends_and_a_replacement_When_versions_are_read_one_by_one_Then_each_tells_its_rows()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(0, 3), null, default);
        await table.AppendAsync(LakeFixture.NumbersFrom(10, 2), null, default);
        await table.CommitAsync(new LakeCommit(await table.StageAsync(LakeFixture.NumbersFrom(20, 1), default), []) { Replace = true }, default);
        var other = (await _lake.Open().FindAsync("raw.numbers", default))!;
        Assert.Equal<string>([""], await ChangesAsync(other, 0));
        Assert.Equal<string>(["+0 +1 +2"], await ChangesAsync(other, 1));
        Assert.Equal<string>(["+10 +11"], await ChangesAsync(other, 2));
        Assert.Equal<string>(["-0 -1 -2 -10 -11 +20"], await ChangesAsync(other, 3));
        Assert.Null(await other.FindVersionAsync(4, default));
        var start = await other.StartAsync(2, default);
        Assert.Equal([3L, 2L], [.. start.Inserted.Select(f => f.Rows)]);
        Assert.Equal(2, start.Version);
    }

    [Fact]
    public async Task Given_a_file_When_read_from_a_row_on_Then_rows_before_it_are_left_out()
    {
        var table = await _lake.NumbersAsync();
        await table.AppendAsync(LakeFixture.NumbersFrom(0, 5000), null, default);
        var version = (await table.FindVersionAsync(1, default))!;
        var rows = new List<(object?, long)>();
        await foreach (var batch in table.ReadAsync(version, version.Inserted[0], ["name"], 4997, default))
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) rows.Add((batch["name"].GetValue(row), batch["_row"].Get<long>(row)));
        Assert.Equal([("n4997", 4997L), ("n4998", 4998L), ("n4999", 4999L)], rows);
        Assert.Equal("LEAT3021", (await Assert.ThrowsAsync<LeatException>(async () => await table.ReadAsync(version, version.Inserted[0], ["nam"], 0, default).GetAsyncEnumerator().MoveNextAsync())).Code);
    }

    [Fact]
    public async Task Given_many_files_When_a_slice_is_read_Then_it_has_its_rows_in_order_and_other_files_are_not_opened()
    {
        var table = await _lake.NumbersAsync();
        for (var i = 9; i >= 0; i--) await table.AppendAsync(LakeFixture.NumbersFrom(i * 10, 10), null, default);
        var snapshot = await table.SnapshotAsync(null, default);
        foreach (var file in snapshot.Files.Where(f => !f.StatsJson.Contains(":30", StringComparison.Ordinal) && !f.StatsJson.Contains(":40", StringComparison.Ordinal))) File.Delete(Path.Combine(table.Root, file.Path));
        var ids = new List<long>();
        await foreach (var batch in table.ReadAsync(snapshot, new LakeSlice(["id"], [new LakeRange("id", 35, 50)], "id", 8), default))
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) ids.Add(batch["id"].Get<long>(row));
        Assert.Equal([35, 36, 37, 38, 39, 40, 41, 42], ids);
    }

    [Fact]
    public async Task Given_a_log_that_was_cleaned_When_an_old_version_is_asked_for_Then_the_code_says_so()
    {
        var table = await _lake.NumbersAsync();
        for (var i = 0; i < 3; i++) await table.AppendAsync(LakeFixture.NumbersFrom(i, 1), null, default);
        File.Delete(Path.Combine(table.Root, "_delta_log", "00000000000000000001.json"));
        Assert.Equal("LEAT3020", (await Assert.ThrowsAsync<LeatException>(() => table.FindVersionAsync(1, default).AsTask())).Code);
    }

    private static async Task<List<string>> ChangesAsync(ILakeTable table, long number)
    {
        var version = (await table.FindVersionAsync(number, default))!;
        var rows = new List<string>();
        foreach (var file in (LakeFile[])[.. version.Deleted, .. version.Inserted])
            await foreach (var batch in table.ReadAsync(version, file, ["id"], 0, default))
                using (batch)
                    for (var row = 0; row < batch.RowCount; row++) rows.Add((file.Kind == LakeFileKind.Inserted ? "+" : "-") + batch["id"].Get<long>(row));
        // Files that leave stand in the log in no particular order.
        var leaving = rows.Where(r => r[0] == '-').OrderBy(r => int.Parse(r[1..], System.Globalization.CultureInfo.InvariantCulture));
        return [string.Join(' ', leaving.Concat(rows.Where(r => r[0] == '+')))];
    }
}
