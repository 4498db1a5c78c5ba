using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

public sealed class RestoreTests
{
    private static readonly StreamStep[] Script =
    [
        Clicks.At(1, "a", "1.25", "ann"), Clicks.At(2, "b", "2", "bob"), new StreamStep.Process(), Clicks.At(3, "a", "0.5", "ann"),
        Clicks.At(12, "a", "3", "cid"), Clicks.At(9, "b", "7", "bob"), new StreamStep.Process(), Clicks.At(25, "a", "1", "ann"), Clicks.At(80, "campaign-with-a-long-name", "10.001", "dan"), Clicks.At(95, "a"),
        Clicks.Watermark(200),
    ];

    private static bool Full => Environment.GetEnvironmentVariable("LEAT_FULL") == "1";

    [Fact]
    public async Task Given_clicks_in_windows_When_all_is_processed_Then_view_and_table_hold_the_counts()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        var result = await bench.RunAsync(Script);
        Assert.Equal(
            [
                "a|2026-01-01T00:01:30Z|2026-01-01T00:01:40Z|1|1|1",
                "campaign-with-a-long-name|2026-01-01T00:01:20Z|2026-01-01T00:01:30Z|1|10.001|1",
                "a|2026-01-01T00:00:20Z|2026-01-01T00:00:30Z|1|1|1",
                "a|2026-01-01T00:00:10Z|2026-01-01T00:00:20Z|1|3|1",
                "a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2|1.75|1",
                "b|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2|9|1",
            ],
            result.Views["campaign_clicks"].ToArray());
        Assert.Equal(result.Views["campaign_clicks"].ToArray(), result.Fresh["campaign_clicks"].ToArray());
        Assert.Equal(6, result.Tables["campaign_clicks_10s"].Length);
        Assert.Equal("running", result.Status.State);
        Assert.Equal(8, result.Status.EventsRead);
    }

    public static TheoryData<int, int> Marks()
    {
        var data = new TheoryData<int, int>();
        for (var at = 1; at <= Script.Length; at++)
            for (var kind = -1; kind <= (int)CheckpointStep.Committed; kind++)
                if (Full || ((at * 7) + kind) % 4 == 0) data.Add(at, kind);
        return data;
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task Given_a_kill_at_a_mark_When_the_job_goes_on_Then_the_outputs_are_those_of_an_uninterrupted_run(int at, int kind)
    {
        await using var whole = new StreamTestBench(() => new CampaignClicks());
        var expected = await whole.RunAsync(Script);
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        StreamStep kill = kind < 0 ? new StreamStep.Kill() : new StreamStep.KillAt((CheckpointStep)kind);
        var steps = Script.Take(at).Append(kill).Concat(Script.Skip(at)).ToList();
        if (at > 3) steps.Insert(3, new StreamStep.Checkpoint());
        var result = await bench.RunAsync(steps);
        Assert.Equal(expected.Outputs, result.Outputs);
    }

    [Fact]
    public async Task Given_two_kills_in_a_row_When_the_job_goes_on_Then_nothing_is_counted_twice()
    {
        await using var whole = new StreamTestBench(() => new CampaignClicks());
        var expected = await whole.RunAsync(Script);
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        var steps = Script.SelectMany(s => (StreamStep[])[s, new StreamStep.KillAt(CheckpointStep.Recorded), new StreamStep.Kill()]);
        Assert.Equal(expected.Outputs, (await bench.RunAsync(steps)).Outputs);
    }
}
