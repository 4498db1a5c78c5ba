using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>The kit's own proofs: a job that forgets, or that depends on the number of workers, is found.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task Given_a_job_that_keeps_its_promises_When_swept_Then_its_outputs_come_back_and_every_mark_was_tried()
    {
        var events = SampleEvents.Of(new CampaignClicks(), seed: 3, count: 8, partitions: 2);
        var sweep = new StreamSweep(() => new CampaignClicks(), new StreamTestSettings { Partitions = 2 });
        var result = await sweep.RunAsync(events);
        Assert.NotEmpty(result.Views["campaign_clicks"]);
        Assert.Equal(3 + 7 + (9 * 7), sweep.Runs);
    }

    [Fact]
    public async Task Given_a_job_that_counts_in_a_field_When_swept_Then_the_mark_where_it_forgot_is_named()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new StreamSweep(() => new Forgetful()).RunAsync(SampleEvents.Of(new Forgetful(), seed: 1), oneMarkIn: 10));
        Assert.Matches("(?s)(Kill|uninterrupted).*workers: the outputs are not those of an uninterrupted run.*missing: table numbered: .*instead: table numbered: ", error.Message);
    }

    [Fact]
    public void Given_a_seed_When_events_are_made_Then_they_are_the_same_again_and_every_partition_has_some()
    {
        var events = SampleEvents.Of(new CampaignClicks(), seed: 9);
        Assert.Equal<StreamStep>(events, SampleEvents.Of(new CampaignClicks(), seed: 9));
        Assert.NotEqual<StreamStep>(events, SampleEvents.Of(new CampaignClicks(), seed: 10));
        Assert.Equal<int>([0, 1, 2, 3], [.. events.Cast<StreamStep.Event>().Select(e => e.Partition).Distinct().Order()]);
        Assert.Equal(60, events.Length);
    }

    [Fact]
    public Task Given_made_events_of_every_type_When_a_job_reads_them_Then_none_is_late_or_dead() => Seeds.ForAll(5, 100, async seed =>
    {
        await using var bench = new StreamTestBench(() => new WideCounts(), new StreamTestSettings { Workers = 2, Partitions = 3 });
        var result = await bench.RunAsync(SampleEvents.Of(new WideCounts(), seed, count: 200, partitions: 3));
        Assert.Equal((200, 0, 0), (result.Status.EventsRead, result.Status.LateEvents, result.Status.DeadEvents));
        Assert.True(result.Tables["wide"].Length > 10);
    });

    private sealed class Forgetful : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var seen = 0;
            job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).Select(e => new Numbered(e.User, Interlocked.Increment(ref seen))).ToLake("numbered");
        }
    }

    private sealed class WideCounts : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<WideEvent>("wide", e => e.At, maxDisorder: TimeSpan.FromSeconds(20))
            .KeyBy(e => e.Colour)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count()
            .ToLake("wide");
    }

    private readonly record struct Numbered(Text User, int Number);
}
