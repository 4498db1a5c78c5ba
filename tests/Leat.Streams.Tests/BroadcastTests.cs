using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Tables and rules that change while a job runs.</summary>
public sealed class BroadcastTests
{
    [Fact]
    public async Task Given_rules_in_a_topic_When_they_change_and_the_job_is_killed_Then_each_row_is_judged_by_those_of_its_moment()
    {
        await using var bench = new StreamTestBench(() => new Judged());
        var result = await bench.RunAsync([
            Rule("low", 1), Rule("high", 100), new StreamStep.Process(),
            Clicks.At(1, "a", "5"), Clicks.At(2, "b", "500"), new StreamStep.Checkpoint(),
            Rule("low", 10), new StreamStep.Process(), new StreamStep.Kill(),
            Clicks.At(3, "c", "5"), new StreamStep.KillAt(CheckpointStep.Recorded), Clicks.At(4, "d", "50"), new StreamStep.Checkpoint(),
            Rule("high", -1), new StreamStep.Checkpoint(), new StreamStep.Kill(), Clicks.At(5, "e", "5000")]);
        Assert.Equal<string>(["a|low", "b|high", "b|low", "d|low", "e|low"], [.. result.Tables["alerts"]]);
    }

    [Fact]
    public async Task Given_a_table_from_a_topic_and_events_already_there_When_the_job_starts_Then_the_table_is_read_first()
    {
        await using var bench = new StreamTestBench(() => new Named(), new StreamTestSettings { Partitions = 2, Workers = 2 });
        var steps = new List<StreamStep>();
        for (var i = 0; i < 500; i++) steps.Add(Clicks.At(i, $"campaign with a long name {i}", partition: i % 2));
        for (var i = 0; i < 500; i++) steps.Add(new StreamStep.Event("names", $$"""{"campaign":"campaign with a long name {{i}}","name":"the name of number {{i}}"}""", i % 2));
        var result = await bench.RunAsync([.. steps, new StreamStep.Kill()]); // without a checkpoint: all is read anew
        Assert.Equal(500, result.Tables["named"].Length);
        Assert.All(result.Tables["named"], row => Assert.Equal(row.Split('|')[0].Split(' ')[^1], row.Split('|')[1].Split(' ')[^1]));
        Assert.Equal<string>([], [.. result.Topics.GetValueOrDefault("names.dlq", []).Select(d => d.Reason)]);
    }

    [Fact]
    public async Task Given_a_table_without_news_When_events_go_on_Then_the_watermark_does_not_wait_for_it()
    {
        await using var bench = new StreamTestBench(() => new Named(), new StreamTestSettings { IdleAfter = TimeSpan.FromDays(1) });
        var result = await bench.RunAsync([new StreamStep.Event("names", """{"campaign":"a","name":"A"}"""), new StreamStep.Checkpoint(), Clicks.At(1, "a"), Clicks.Watermark(100)]);
        Assert.Equal("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|1", Assert.Single(result.Tables["counts"]));
    }

    [Fact]
    public async Task Given_a_topic_that_feeds_a_table_and_windows_When_time_goes_on_Then_its_windows_close()
    {
        await using var bench = new StreamTestBench(() => new OwnTable());
        var result = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "a"), Clicks.Watermark(100)]);
        Assert.Equal("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2", Assert.Single(result.Tables["counts"]));
    }

    [Fact]
    public async Task Given_two_lookups_of_one_table_in_a_chain_When_rows_pass_Then_both_find_it()
    {
        await using var bench = new StreamTestBench(() => new TwiceNamed());
        var result = await bench.RunAsync([new StreamStep.Event("names", """{"campaign":"a","name":"b"}"""), new StreamStep.Event("names", """{"campaign":"b","name":"c"}"""), new StreamStep.Checkpoint(), Clicks.At(1, "a")]);
        Assert.Equal("a|c", Assert.Single(result.Tables["named"]));
        Assert.Equal("running", result.Status.State);
    }

    private static StreamStep Rule(string name, int least) => new StreamStep.Event("rules", $$"""{"name":"{{name}}","least":{{least}}}""");

    private sealed class Judged : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var rules = job.From<Rules>("rules", _ => Clicks.Zero, maxDisorder: TimeSpan.Zero).ToBroadcast("rules", r => r.Name, isGone: r => r.Least < 0);
            job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
                .Apply<Text, Rules, Alert>(rules, (click, all, output) =>
                {
                    foreach (var rule in all)
                        if (click.Cost >= rule.Least) output.Add(new Alert(click.Campaign, rule.Name));
                })
                .ToLake("alerts");
        }
    }

    private sealed class Named : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));
            var names = job.From<CampaignName>("names", _ => Clicks.Zero, maxDisorder: TimeSpan.Zero).ToBroadcast("names", n => n.Campaign);
            var named = clicks.Lookup(names, c => c.Campaign, (c, n) => new CampaignName(c.Campaign, n.Name));
            named.ToLake("named");
            named.KeyBy(n => n.Campaign).Tumbling(TimeSpan.FromSeconds(10)).Count().ToLake("counts");
        }
    }

    private sealed class OwnTable : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));
            var newest = clicks.ToBroadcast("newest", c => c.Campaign);
            clicks.Lookup(newest, c => c.Campaign, (c, _) => c.Campaign).KeyBy(c => c, ["campaign"]).Tumbling(TimeSpan.FromSeconds(10)).Count().ToLake("counts");
        }
    }

    private sealed class TwiceNamed : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var names = job.From<CampaignName>("names", _ => Clicks.Zero, maxDisorder: TimeSpan.Zero).ToBroadcast("names", n => n.Campaign);
            job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
                .Lookup(names, c => c.Campaign, (c, n) => new CampaignName(c.Campaign, n.Name))
                .Lookup(names, c => c.Name, (c, n) => new CampaignName(c.Campaign, n.Name))
                .ToLake("named");
        }
    }

    private readonly record struct Rules(Text Name, long Least);

    private readonly record struct Alert(Text Campaign, Text Rule);

    private readonly record struct CampaignName(Text Campaign, Text Name);
}
