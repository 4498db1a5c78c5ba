using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Inspection;

/// <summary>What a running job says of its graph.</summary>
public sealed class DescriptionTests
{
    private static readonly StreamStep[] Steps =
    [
        Clicks.At(1, "a", "1", "u1"), Clicks.At(2, "a", "1", "u1"), Clicks.At(3, "b", "0", "u2"), Clicks.At(4, "b", "5", "u3"), Clicks.Watermark(25), Clicks.At(2, "a", "7", "u4"),
    ];

    [Fact]
    public async Task Given_a_chain_When_described_Then_operators_stand_after_their_inputs_and_count_rows()
    {
        await using var bench = new StreamTestBench(() => new Shop());
        await bench.RunAsync(Steps);
        var job = bench.Description;
        Assert.Equal(
        [
            "0 source[topic clicks] from  6 -> 5",
            "1 where[] from 0 5 -> 4",
            "2 deduplicate[within 00:00:10] from 1 4 -> 2",
            "3 sink[lake table paid] from 2 2 -> 2",
            "4 window[tumbling 00:00:10] from 2 2 -> 2",
            "5 sink[view totals] from 4 2 -> 2",
        ], job.Operators.Select(o => $"{o.Id} {o.Kind}[{o.Detail}] from {string.Join(',', o.Inputs)} {o.RowsIn} -> {o.RowsOut}"));
        Assert.Equal([null, 1L, 1, null, null, null], job.Operators.Select(o => o.RowsLeftOut));
        Assert.Equal([0L, 0, 1, 0, 0, 0], job.Operators.Select(o => o.LateRows));
        Assert.Equal("totals", job.Operators[4].Name);
    }

    [Fact]
    public async Task Given_state_When_described_Then_keys_and_bytes_are_told_by_operator()
    {
        await using var bench = new StreamTestBench(() => new Shop());
        await bench.RunAsync(Steps);
        var states = bench.Description.Operators.Select(o => o.State).ToList();
        Assert.Equal([null, null, 2L, null, 2, null], states.Select(s => s?.Keys));
        Assert.All(states.OfType<StateFigures>(), s => Assert.InRange(s.SizeBytes, 100, 100_000));
        Assert.All(states.OfType<StateFigures>(), s => Assert.InRange(s.LargestShardShare!.Value, 0.5, 1));
    }

    [Fact]
    public async Task Given_operators_that_hold_rows_back_When_described_Then_each_has_its_own_watermark()
    {
        await using var bench = new StreamTestBench(() => new Late());
        await bench.RunAsync([Clicks.At(1, "a"), Clicks.Watermark(100)]);
        Assert.Equal([100.0, 90, 90, 90], bench.Description.Operators.Select(o => (o.Watermark!.Value - Clicks.Zero).TotalSeconds));
    }

    [Fact]
    public async Task Given_all_records_read_When_described_Then_the_source_and_its_partitions_tell_that_none_waits()
    {
        await using var bench = new StreamTestBench(() => new Shop(), new StreamTestSettings { Partitions = 2 });
        await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "a", partition: 1), Clicks.At(3, "b", partition: 1)]);
        var job = bench.Description;
        Assert.Equal((0L, 0L, 3L), (job.Lag, job.Operators[0].Waiting, job.Operators[0].RowsIn));
        Assert.Equal(["clicks/0 0", "clicks/1 0"], job.Partitions.Select(p => $"{p.Source}/{p.Partition} {p.Waiting}"));
        Assert.Null(job.Operators[1].Waiting);
    }

    [Fact]
    public async Task Given_one_frequent_key_When_described_Then_its_share_of_the_rows_is_told()
    {
        await using var bench = new StreamTestBench(() => new Late());
        await bench.RunAsync([.. Enumerable.Range(0, 1000).Select(i => Clicks.At(i * 0.009, i % 5 == 0 ? $"campaign {i}" : "hot")), Clicks.Watermark(9)]);
        var window = bench.Description.Operators[1];
        Assert.InRange(window.State!.LargestKeyShare!.Value, 0.65, 0.95);
        Assert.Equal(201, window.State.Keys);
    }

    [Fact]
    public async Task Given_checkpoints_and_settings_When_described_Then_both_are_told()
    {
        await using var bench = new StreamTestBench(() => new Shop(), new StreamTestSettings { Workers = 2, Configure = o => o.LakeCommitMegabytes = 7 });
        await bench.RunAsync(Steps);
        var job = bench.Description;
        Assert.Equal((2, 7), (job.Settings.Workers, job.Settings.LakeCommitMegabytes));
        Assert.True(job.Checkpoints.LongestMs >= job.Checkpoints.LastMs && job.Checkpoints.LastMs > 0);
        Assert.InRange(job.Checkpoints.StateBytes, job.Checkpoints.LastBytes, 100_000);
        Assert.Equal(bench.Status.CheckpointId, job.CheckpointId);
    }

    [Fact]
    public async Task Given_a_clock_that_goes_on_When_described_Then_rates_and_shares_are_there()
    {
        await using var bench = new StreamTestBench(() => new Shop());
        await bench.RunAsync(Steps);
        Assert.Equal("too early to say: the job has just started", bench.Description.Diagnosis);
        for (var i = 0; i < 500 && bench.Description.BusyShares.IsEmpty; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        var job = bench.Description;
        Assert.InRange(Assert.Single(job.BusyShares), 0, 1);
        Assert.True(job.Operators[0].RowsOutPerSecond > 0);
        Assert.DoesNotContain("too early", job.Diagnosis, StringComparison.Ordinal);
    }

    private sealed class Shop : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .Where(c => c.Cost > 0)
            .Deduplicate(c => c.Campaign, TimeSpan.FromSeconds(10))
            .ToLake("paid")
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count().Named("totals").ToView("totals", TimeSpan.FromHours(1));
    }

    private sealed class Late : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10))
            .Count().Select(w => new CountRow(w.Key, w.Get<long>(0))).ToLake("counts");
    }

    private readonly record struct CountRow(Text Campaign, long Clicks);
}
