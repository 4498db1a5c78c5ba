using Leat.Core;
using Leat.Lake;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Random lives of a table that a job reads, with kills, against a naive model.</summary>
public sealed class LakeModelTests
{
    [Fact]
    public Task Given_random_versions_and_kills_When_appended_rows_are_read_Then_each_comes_once() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var options = new LakeReadOptions { Partitions = random.Next(1, 4), Rewrites = LakeRewrites.SkipRewrites, FromVersion = random.Next(2) == 0 ? null : 0 };
        await using var bench = new StreamTestBench(() => new LakeJob(options), new StreamTestSettings { Workers = random.Next(1, 3) });
        var table = (MemoryLakeTable)await OrderTable.CreateAsync(bench.Lake);
        var (expected, live, next) = (new List<long>(), new List<long>(), 1L);
        var begins = random.Next(3);
        for (var step = 0; step < 14; step++)
        {
            if (step == begins)
            {
                if (options.FromVersion is null) expected = [.. live];
                await bench.PlayAsync([]);
                await bench.PlayAsync([new StreamStep.Checkpoint()]);
            }

            switch (random.Next(8))
            {
                case 0: table.Compact(); break;
                case 1:
                    table.Change(row => (long)row[1]! % 2 == 0 ? null : row);
                    live.RemoveAll(id => id % 2 == 0);
                    break;
                default:
                    var ids = Enumerable.Range(0, random.Next(1, random.Next(4) == 0 ? 3000 : 20)).Select(_ => next++).ToList();
                    if (random.Next(6) == 0)
                    {
                        var replaces = live.Count > 0;
                        await OrderTable.ReplaceAsync(table, ids);
                        live = ids;
                        if (!replaces) expected.AddRange(ids);
                        break;
                    }

                    await OrderTable.AppendAsync(table, ids);
                    live.AddRange(ids);
                    expected.AddRange(ids);
                    break;
            }

            if (step > begins && random.Next(2) == 0) await bench.PlayAsync([Stop(random)]);
        }

        var result = await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal<string>([.. expected.Select(OrderTable.Shown).Order(StringComparer.Ordinal)], [.. result.Tables["out"]]);
        Assert.Equal(0, bench.Description.Partitions.Sum(p => p.Waiting));
    });

    [Fact]
    public Task Given_random_changes_and_kills_When_the_changes_are_read_Then_added_up_they_are_the_table() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var options = new LakeReadOptions { Partitions = random.Next(1, 4), FromVersion = random.Next(2) == 0 ? null : 0 };
        await using var bench = new StreamTestBench(() => new ChangeJob(options), new StreamTestSettings { Workers = random.Next(1, 3) });
        var table = (MemoryLakeTable)await OrderTable.CreateAsync(bench.Lake);
        table.HasChangeFeed = random.Next(3) > 0;
        var next = 1L;
        for (var step = 0; step < 14; step++)
        {
            var (kind, parity) = (random.Next(6), random.Next(2));
            if (kind == 0) table.Compact();
            else if (kind == 1) table.Change(row => (long)row[1]! % 2 == parity ? null : row);
            else if (kind == 2) table.Change(row => (long)row[1]! % 2 == parity ? row.SetItem(3, row[3] + "!") : row);
            else if (kind == 3 && parity == 0) await OrderTable.ReplaceAsync(table, [next++, next++]);
            else await OrderTable.AppendAsync(table, Enumerable.Range(0, random.Next(1, random.Next(4) == 0 ? 3000 : 20)).Select(_ => next++).ToList());
            if (step > 2 && random.Next(2) == 0) await bench.PlayAsync([Stop(random)]);
        }

        var result = await bench.RunAsync([new StreamStep.Kill()]);
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in result.Tables["out"])
        {
            var words = line.Split(' ', 2);
            sum[words[1]] = sum.GetValueOrDefault(words[1]) + (words[0] is "Insert" or "UpdateAfter" ? 1 : -1);
        }

        Assert.Equal<string>([.. table.Rows.Select(r => $"{r[1]} {r[3]}").Order(StringComparer.Ordinal)], [.. sum.Where(s => s.Value != 0).Select(s => s.Value == 1 ? s.Key : $"{s.Key} x {s.Value}").Order(StringComparer.Ordinal)]);
    });

    [EngineFact]
    public Task Given_a_table_on_disk_with_deletes_of_files_and_kills_When_read_Then_each_row_comes_once() => Seeds.ForAll(2, 40, async seed =>
    {
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("leat-lake-source-").FullName;
        using (var lake = new LakeCatalog(folder, TimeProvider.System))
        {
            var options = new LakeReadOptions { Partitions = random.Next(1, 4), Rewrites = LakeRewrites.SkipRewrites };
            await using var bench = new StreamTestBench(() => new LakeJob(options), new StreamTestSettings { Workers = random.Next(1, 3), Lake = lake });
            var table = await OrderTable.CreateAsync(lake);
            var (expected, next) = (new List<long>(), 1L);
            for (var step = 0; step < 6; step++)
            {
                var ids = Enumerable.Range(0, random.Next(1, 5000)).Select(_ => next++).ToList();
                if (step > 1 && random.Next(4) == 0) await OrderTable.ReplaceAsync(table, ids);
                else
                {
                    await OrderTable.AppendAsync(table, ids);
                    expected.AddRange(ids);
                }

                if (step == 1) await bench.PlayAsync([new StreamStep.Checkpoint()]);
                if (step > 0) await bench.PlayAsync([Stop(random)]);
            }

            await bench.RunAsync([new StreamStep.Kill()]);
            var lines = new List<string>();
            var written = (await lake.FindAsync("out", default))!;
            await foreach (var batch in written.ReadAsync(await written.SnapshotAsync(null, default), default))
                using (batch)
                    for (var row = 0; row < batch.RowCount; row++) lines.Add(batch[0].GetText(row).ToString());
            Assert.Equal<string>([.. expected.Select(OrderTable.Shown).Order(StringComparer.Ordinal)], [.. lines.Order(StringComparer.Ordinal)]);
        }

        Directory.Delete(folder, recursive: true);
    });

    private static StreamStep Stop(Random random) => random.Next(4) switch
    {
        0 => new StreamStep.Kill(),
        1 => new StreamStep.Checkpoint(),
        2 => new StreamStep.Process(),
        _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)),
    };
}
