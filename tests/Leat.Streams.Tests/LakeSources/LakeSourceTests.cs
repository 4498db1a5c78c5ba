using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Lake tables as sources.</summary>
public sealed class LakeSourceTests
{
    [Fact]
    public async Task Given_a_table_When_it_grows_between_kills_Then_each_row_comes_once_and_figures_tell_what_waits()
    {
        await using var bench = new StreamTestBench(() => new LakeJob());
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1, 2, 3]);
        await bench.PlayAsync([new StreamStep.Checkpoint(), new StreamStep.Kill()]);
        await OrderTable.AppendAsync(table, [4]);
        await bench.PlayAsync([new StreamStep.KillAt(CheckpointStep.Recorded)]);
        await OrderTable.AppendAsync(table, [5, 6]);
        var result = await bench.RunAsync([new StreamStep.Process(), new StreamStep.Kill()]);
        Assert.Equal<string>([.. Enumerable.Range(1, 6).Select(i => OrderTable.Shown(i))], [.. result.Tables["out"]]);
        var figures = Assert.Single(bench.Description.Partitions);
        Assert.Equal(("lake.raw.orders", 0L, 0L), (figures.Source, figures.Waiting, figures.VersionsWaiting));
        Assert.Equal(6, result.Fresh["counts"].Sum(r => int.Parse(r.Split('|')[^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(LakeRewrites.Refuse, null)]
    [InlineData(LakeRewrites.IgnoreDeletes, null)]
    [InlineData(LakeRewrites.SkipRewrites, "1 2 3 7")]
    [InlineData(LakeRewrites.ReadRewritten, "1 2 3 3 5 7")]
    public async Task Given_a_version_that_replaces_rows_When_read_as_appended_Then_the_job_does_as_it_was_told(LakeRewrites rewrites, string? ids)
    {
        await using var bench = new StreamTestBench(() => new LakeJob(new LakeReadOptions { Rewrites = rewrites }));
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1, 2, 3]);
        await bench.PlayAsync([new StreamStep.Checkpoint()]);
        await OrderTable.ReplaceAsync(table, [3, 5]);
        await OrderTable.AppendAsync(table, [7]);
        if (ids is null)
        {
            var refused = await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Process()]));
            Assert.Contains("LEAT2151: version 2 took the rows of 1 files out of the table and wrote 1", refused.Message, StringComparison.Ordinal);
            return;
        }

        var result = await bench.RunAsync([new StreamStep.KillAt(CheckpointStep.Staged)]);
        Assert.Equal<string>([.. ids.Split(' ').Select(i => OrderTable.Shown(int.Parse(i, System.Globalization.CultureInfo.InvariantCulture)))], [.. result.Tables["out"]]);
    }

    [Fact]
    public async Task Given_a_version_that_only_deletes_When_deletes_are_ignored_Then_the_job_goes_on()
    {
        await using var bench = new StreamTestBench(() => new LakeJob(new LakeReadOptions { Rewrites = LakeRewrites.IgnoreDeletes }));
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1, 2]);
        await bench.PlayAsync([new StreamStep.Checkpoint()]);
        ((MemoryLakeTable)table).Change(_ => null);
        await OrderTable.AppendAsync(table, [4]);
        var result = await bench.RunAsync([]);
        Assert.Equal<string>([OrderTable.Shown(1), OrderTable.Shown(2), OrderTable.Shown(4)], [.. result.Tables["out"]]);
    }

    [Fact]
    public async Task Given_a_first_version_When_read_from_it_Then_rows_before_it_are_left_out_and_replaced_ones_come()
    {
        await using var bench = new StreamTestBench(() => new LakeJob(new LakeReadOptions { FromVersion = 2 }));
        var table = await OrderTable.CreateAsync(bench.Lake);
        for (var i = 1; i <= 4; i++) await OrderTable.AppendAsync(table, [i]);
        ((MemoryLakeTable)table).Compact();
        var result = await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal<string>([OrderTable.Shown(2), OrderTable.Shown(3), OrderTable.Shown(4)], [.. result.Tables["out"]]);
    }

    [Fact]
    public async Task Given_a_checkpoint_of_other_partitions_When_started_Then_the_job_says_so()
    {
        var partitions = 2;
        await using var bench = new StreamTestBench(() => new LakeJob(new LakeReadOptions { Partitions = partitions }));
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1, 2]);
        await bench.PlayAsync([new StreamStep.Checkpoint()]);
        partitions = 3;
        Assert.Contains("LEAT2153", (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Kill(), new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_quiet_table_beside_a_topic_When_the_topic_goes_on_Then_the_table_does_not_hold_its_windows()
    {
        await using var bench = new StreamTestBench(() => new Both());
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1]);
        await bench.PlayAsync([Clicks.At(2, "a"), new StreamStep.Process(), new StreamStep.Pass(TimeSpan.FromSeconds(1)), Clicks.At(100, "a"), new StreamStep.Process(), new StreamStep.Pass(TimeSpan.FromSeconds(6))]);
        var result = await bench.RunAsync([Clicks.At(200, "a")]);
        Assert.Equal<string>(["2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2", "2026-01-01T00:01:40Z|2026-01-01T00:01:50Z|1"], [.. result.Tables["counts"]]);
    }

    [Fact]
    public async Task Given_rows_that_are_none_When_read_Then_they_are_dead_letters_with_their_place()
    {
        await using var bench = new StreamTestBench(() => new Narrow());
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [1, 300, 2]);
        var result = await bench.RunAsync([new StreamStep.KillAt(CheckpointStep.Captured)]);
        Assert.Equal<string>(["1", "2"], [.. result.Tables["out"]]);
        var dead = Assert.Single(result.Topics["narrow.dlq"]);
        Assert.Equal("LEAT2112", dead.Code);
        Assert.Contains("\"id\":300", dead.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "LEAT2152: 'nobody' of Missing cannot be read: columns are cost, id, at, name, unused")]
    [InlineData(true, "LEAT2152: 'unused' of Wrong cannot be read: the column of that name is DOUBLE, the member DateTime")]
    public async Task Given_a_member_that_no_column_gives_When_started_Then_the_job_names_both(bool isWrong, string message)
    {
        await using var bench = new StreamTestBench(() => isWrong ? new Reading<Wrong>() : new Reading<Missing>());
        await OrderTable.AppendAsync(await OrderTable.CreateAsync(bench.Lake), [1]);
        Assert.Contains(message, (await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([new StreamStep.Process()]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_versions_of_prices_in_a_table_When_joined_by_time_Then_each_row_has_the_price_of_its_moment()
    {
        await using var bench = new StreamTestBench(() => new Priced());
        var table = await OrderTable.CreateAsync(bench.Lake);
        await OrderTable.AppendAsync(table, [5, 15]);
        await bench.PlayAsync([Clicks.At(6, OrderTable.NameOf(0)), Clicks.At(14, OrderTable.NameOf(0)), Clicks.At(16, OrderTable.NameOf(0)), new StreamStep.Process()]);
        await OrderTable.AppendAsync(table, [25, 30]);
        var result = await bench.RunAsync([new StreamStep.KillAt(CheckpointStep.Recorded), Clicks.At(26, OrderTable.NameOf(0)), Clicks.At(60, "x"), new StreamStep.Checkpoint()]);
        Assert.Equal<string>(["14|5", "16|15", "26|25", "6|5"], [.. result.Tables["priced"]]);
    }

    private sealed class Both : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .FromLake<TableRow>(OrderTable.Name, r => r.At, TimeSpan.Zero).Select(r => r.Id)
            .Union(job.From<ClickEvent>("clicks", e => e.At, TimeSpan.Zero).Select(_ => 0L))
            .Tumbling(TimeSpan.FromSeconds(10)).Count().ToLake("counts");
    }

    private sealed class Narrow : StreamJob
    {
        protected override void Define(JobBuilder job) => job.FromLake<Small>(OrderTable.Name, r => r.At, TimeSpan.FromHours(1)).Select(r => new Number(r.Id)).ToLake("out");
    }

    private sealed class Reading<T> : StreamJob
    {
        protected override void Define(JobBuilder job) => job.FromLake<T>(OrderTable.Name, _ => Clicks.Zero, TimeSpan.Zero).ForEach(_ => { });
    }

    private sealed class Priced : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var prices = job.FromLake<TableRow>(OrderTable.Name, r => r.At, TimeSpan.FromSeconds(1)).KeyBy(r => r.Name);
            job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(20)).KeyBy(c => c.Campaign)
                .With(prices).TemporalJoin((click, price) => new Price((int)(click.At - Clicks.Zero).TotalSeconds, price.Id)).ToLake("priced");
        }
    }

    private readonly record struct Small(byte Id, DateTime At);

    private readonly record struct Number(int Id);

    private readonly record struct Price(int Second, long Id);

    private readonly record struct Missing(long Nobody);

    private readonly record struct Wrong(DateTime Unused);
}
