using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

public sealed class LateAndDeadTests
{
    [Fact]
    public async Task Given_a_record_after_its_window_is_final_When_it_comes_Then_it_goes_to_the_late_topic_with_its_bytes_and_is_counted()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks(TimeSpan.FromSeconds(10)));
        var late = Clicks.Json(4, "a", "9");
        // Windows [0, 10) is final at watermark 20, which is an event at 25 with 5 s of disorder.
        var result = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(24.9, "a"), Clicks.At(3, "a"), Clicks.At(25, "a"), new StreamStep.Event("clicks", late)]);
        Assert.Equal(1, result.Status.LateEvents);
        var record = Assert.Single(result.Topics["campaign_clicks.late"]);
        Assert.Equal((late, "clicks[0]@4"), (record.Value, record.Source));
        Assert.Contains("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2|2|1", result.Views["campaign_clicks"]);
    }

    [Fact]
    public async Task Given_late_and_broken_records_When_the_job_is_killed_at_every_step_Then_each_reaches_its_topic_once()
    {
        StreamStep[] script = [Clicks.At(1, "a"), new StreamStep.Event("clicks", "{nonsense"), Clicks.At(100, "a"), Clicks.At(2, "a", "7"), new StreamStep.Event("clicks", """{"campaign":"x","cost":1}""")];
        await using var whole = new StreamTestBench(() => new CampaignClicks());
        var expected = await whole.RunAsync(script);
        Assert.Equal(2, expected.Topics["clicks.dlq"].Length);
        Assert.Single(expected.Topics["campaign_clicks.late"]);
        foreach (var step in Enum.GetValues<CheckpointStep>())
        {
            await using var bench = new StreamTestBench(() => new CampaignClicks());
            var result = await bench.RunAsync(script.SelectMany(s => (StreamStep[])[s, new StreamStep.KillAt(step)]));
            Assert.Equal(expected.Outputs, result.Outputs);
            Assert.Equal((1, 2), (result.Status.LateEvents, result.Status.DeadEvents));
        }
    }

    [Theory]
    [InlineData("{\"campaign\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"cost\":1,\"user\":\"u\"", "LEAT2110", "cut off")]
    [InlineData("{\"campaign\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"cost\":1}", "LEAT2111", "'user' is missing")]
    [InlineData("{\"campaign\":\"a\",\"at\":\"yesterday\",\"cost\":1,\"user\":\"u\"}", "LEAT2112", "'at' is \"yesterday\"")]
    [InlineData("{\"campaign\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"cost\":0.1234567,\"user\":\"u\"}", "LEAT2116", "more than 6 digits")]
    public async Task Given_a_record_that_is_no_row_When_it_comes_Then_the_dead_letter_says_code_reason_and_offset(string json, string code, string reason)
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks());
        var result = await bench.RunAsync([Clicks.At(1, "a"), new StreamStep.Event("clicks", json), Clicks.At(2, "a")]);
        var dead = Assert.Single(result.Topics["clicks.dlq"]);
        Assert.Equal((json, code, "clicks[0]@1"), (dead.Value, dead.Code, dead.Source));
        Assert.Contains(reason, dead.Reason, StringComparison.Ordinal);
        Assert.Equal("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2|2|1", Assert.Single(result.Views["campaign_clicks"]));
    }

    [Fact]
    public async Task Given_too_many_broken_records_When_they_come_Then_the_job_stops_with_the_reason()
    {
        await using var bench = new StreamTestBench(() => new CampaignClicks(), new StreamTestSettings { Configure = o => (o.MinDeadRecords, o.MaxDeadShare) = (3, 0.5) });
        await bench.PlayAsync(Enumerable.Repeat<StreamStep>(new StreamStep.Event("clicks", "[]"), 5));
        var error = await Assert.ThrowsAsync<Leat.Core.LeatException>(() => bench.PlayAsync([new StreamStep.Process()]));
        Assert.Equal("LEAT2142", error.Code);
        Assert.Equal("failed", bench.Status.State);
        Assert.Contains("LEAT2115", bench.Status.Error, StringComparison.Ordinal);
    }
}
