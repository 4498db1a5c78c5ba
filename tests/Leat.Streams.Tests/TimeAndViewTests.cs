using Leat.Streams.Testing;
using Leat.Streams.Views;

namespace Leat.Streams.Tests;

public sealed class TimeAndViewTests
{
    [Fact]
    public async Task Given_an_idle_partition_When_its_time_is_over_Then_it_no_longer_holds_windows_open()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks(TimeSpan.Zero), new StreamTestSettings { Partitions = 2, IdleAfter = TimeSpan.FromSeconds(30) });
        var held = await bench.RunAsync([new StreamStep.Pass(TimeSpan.FromSeconds(1)), Clicks.At(1, "a"), Clicks.At(50, "a")]);
        Assert.Null(held.Status.Watermark);
        Assert.Empty(held.Tables);
        await bench.PlayAsync([new StreamStep.Pass(TimeSpan.FromMinutes(1)), Clicks.At(60, "a"), new StreamStep.Process()]);
        while (bench.Status.Watermark is null) await Task.Delay(1);
        var released = await bench.RunAsync([]);
        Assert.Equal(Clicks.Zero.AddSeconds(55), released.Status.Watermark);
        Assert.Single(released.Tables["campaign_clicks_10s"]);
    }

    [Fact]
    public async Task Given_events_without_a_checkpoint_When_the_view_is_asked_Then_fresh_has_them_and_committed_has_not()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        await bench.RunAsync([Clicks.At(1, "a")]);
        await bench.PlayAsync([Clicks.At(2, "a"), Clicks.At(3, "b"), new StreamStep.Process()]);
        var view = bench.View("campaign_clicks");
        while (view.Query(new ViewQuery()).Rows.Length < 2) await Task.Delay(1);
        Assert.Equal(2L, view.Query(new ViewQuery(Key: "a")).Rows[0][3]);
        var committed = view.Query(new ViewQuery(Consistency: ViewConsistency.Committed));
        Assert.Equal((1, 1L, 1L), (committed.Rows.Length, committed.Rows[0][3], committed.CheckpointId));
        await bench.RunAsync([]);
        Assert.Equal(2, view.Query(new ViewQuery(Consistency: ViewConsistency.Committed)).Rows.Length);
        Assert.Equal(2, view.CheckpointId);
    }

    [Theory]
    [InlineData(ViewConsistency.Fresh)]
    [InlineData(ViewConsistency.Committed)]
    public async Task Given_a_subscriber_When_rows_change_Then_a_frame_brings_the_changed_rows_once(ViewConsistency consistency)
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        await bench.RunAsync([Clicks.At(1, "a")]);
        await using var frames = bench.View("campaign_clicks").SubscribeAsync(consistency, TimeSpan.FromMilliseconds(5), default).GetAsyncEnumerator();
        var next = frames.MoveNextAsync();
        await bench.RunAsync([Clicks.At(2, "b"), Clicks.At(3, "b")]);
        var rows = new List<(object?, object?)>();
        while (!rows.Contains(("b", 2L)))
        {
            Assert.True(await next);
            rows.AddRange(frames.Current.Rows.Select(r => (r[0], r[3])));
            Assert.Equal(consistency, frames.Current.Consistency);
            if (!rows.Contains(("b", 2L))) next = frames.MoveNextAsync();
        }

        Assert.DoesNotContain(rows, r => Equals(r.Item1, "a"));
    }

    [Fact]
    public async Task Given_windows_older_than_kept_When_time_goes_on_Then_the_view_drops_them_and_a_restart_does_not_bring_them_back()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks(TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        var before = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(42, "a")]);
        Assert.Equal(2, before.Fresh["campaign_clicks"].Length);
        var after = await bench.RunAsync([Clicks.At(46, "a"), Clicks.At(100, "a"), new StreamStep.Checkpoint(), new StreamStep.Kill()]);
        Assert.Equal(["a|2026-01-01T00:01:40Z|2026-01-01T00:01:50Z|1|1|1"], after.Fresh["campaign_clicks"].Take(1).ToArray());
        Assert.DoesNotContain(after.Views["campaign_clicks"], r => r.StartsWith("a|2026-01-01T00:00:00Z", StringComparison.Ordinal));
        Assert.Equal(after.Views["campaign_clicks"].ToArray(), after.Fresh["campaign_clicks"].ToArray());
    }

    [Fact]
    public async Task Given_a_view_When_scanned_Then_the_batches_hold_its_rows()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        await bench.RunAsync([Clicks.At(1, "a", "1.5"), Clicks.At(2, "a", "2.25")]);
        using var batch = Assert.Single(bench.View("campaign_clicks").Scan(ViewConsistency.Committed));
        Assert.Equal(["a", 2L, 3.75m, 1L], new[] { batch[0].GetValue(0), batch[3].GetValue(0), batch[4].GetValue(0), batch[5].GetValue(0) });
    }
}
