using Leat.Core;
using Leat.Streams.Checkpoints;

namespace Leat.Streams.Tests;

/// <summary>Jobs that go on from checkpoints of other definitions of themselves.</summary>
public sealed class ChangedJobTests
{
    [Fact]
    public async Task Given_an_operator_added_before_and_one_behind_When_started_Then_the_old_keeps_its_state_and_the_new_begin_empty()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly", "totals"));
        await bench.BeginAsync(job =>
        {
            var clicks = Source(job);
            clicks.Deduplicate(e => e.User, TimeSpan.FromSeconds(1)).KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromMinutes(1)).Count().ToView("minutes", TimeSpan.FromHours(1));
            Hourly(clicks, "hourly", "totals");
            Hourly(clicks, "again", "again");
        });
        Assert.Equal("running", bench.Status.State);
        await bench.SendAsync(Clicks.At(3, "a", "1", "u3"));
        await bench.DrainAsync();
        Assert.Equal(["a|0|3|12"], bench.View("hourly"));
        Assert.Equal(["a|0|1|1"], bench.View("again"));
        Assert.Equal(["a|0|1"], bench.View("minutes"));
    }

    [Fact]
    public async Task Given_an_operator_without_name_When_another_kind_of_state_comes_before_it_Then_its_number_tells_the_difference()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly"));
        await bench.BeginAsync(job =>
        {
            var clicks = Source(job);
            clicks.KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromMinutes(1)).Count().ToView("minutes", TimeSpan.FromHours(1));
            Hourly(clicks, "hourly");
        });
        Assert.Contains("LEAT2132: operator 'aggregate#1'", bench.Status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_named_operators_When_their_order_changes_Then_each_keeps_its_state()
    {
        await using var bench = await AfterTwoClicksAsync(clicks =>
        {
            Hourly(clicks, "one", "one");
            Hourly(clicks, "other", "other", cost: 10);
        });
        await bench.BeginAsync(job =>
        {
            var clicks = Source(job);
            Hourly(clicks, "other", "other", cost: 10);
            Hourly(clicks, "one", "one");
        });
        await bench.SendAsync(Clicks.At(3, "a", "1"));
        await bench.DrainAsync();
        Assert.Equal(["a|0|3|12"], bench.View("one"));
        Assert.Equal(["a|0|3|120"], bench.View("other"));
    }

    [Fact]
    public async Task Given_a_name_given_later_When_started_Then_the_state_is_found_by_its_number()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly"));
        await bench.BeginAsync(job => Hourly(Source(job), "hourly", "hourly"));
        Assert.Equal(["a|0|2|11"], bench.View("hourly"));
    }

    [Fact]
    public async Task Given_an_operator_of_another_shape_When_started_Then_it_is_named_with_both_shapes()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly", "totals"));
        await bench.BeginAsync(job => Hourly(Source(job), "hourly", "totals", hours: 2));
        Assert.Equal("failed", bench.Status.State);
        Assert.Contains("LEAT2132: operator 'totals' has another shape than its saved state: saved was tumbling 01:00:00", bench.Status.Error, StringComparison.Ordinal);
        Assert.Contains("the job has tumbling 02:00:00", bench.Status.Error, StringComparison.Ordinal);
        await SavepointTests.RefusedAsync("LEAT2132", "'totals'", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(AllowDroppedState: true), default));
    }

    [Fact]
    public async Task Given_a_removed_operator_When_started_Then_it_is_refused_unless_its_state_may_be_dropped()
    {
        await using var bench = await AfterTwoClicksAsync(clicks =>
        {
            Hourly(clicks, "one", "one");
            Hourly(clicks, "other", "other");
        });
        await bench.BeginAsync(job => Hourly(Source(job), "other", "other"));
        Assert.Contains("LEAT2135: the checkpoint holds state of operator 'one' (tumbling 01:00:00", bench.Status.Error, StringComparison.Ordinal);
        await SavepointTests.RefusedAsync("LEAT2135", "'one'", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default));
        Assert.Equal("running", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(AllowDroppedState: true), default)).State);
        await bench.SendAsync(Clicks.At(3, "a", "1"));
        await bench.DrainAsync();
        Assert.Equal(["a|0|3|12"], bench.View("other"));
        await bench.BeginAsync(job => Hourly(Source(job), "other", "other"));
        Assert.Equal(["a|0|3|12"], bench.View("other"));
    }

    [Fact]
    public async Task Given_rows_that_wait_for_a_table_the_job_no_longer_writes_When_started_Then_they_are_dropped_only_when_allowed()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(SavepointTests.Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"), Clicks.Watermark(20));
        await WaitUntilReadAsync(bench, 1);
        await bench.EndAsync();
        Assert.Empty(bench.Table("counts"));
        static void WithoutTable(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromSeconds(10))
            .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost)).ToView("counts", TimeSpan.FromHours(1));
        await bench.BeginAsync(WithoutTable);
        Assert.Contains("LEAT2135: the checkpoint holds state of lake table 'counts'", bench.Status.Error, StringComparison.Ordinal);
        Assert.Equal("running", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(AllowDroppedState: true), default)).State);
        Assert.Equal(["a|0|1|5"], bench.View("counts"));
    }

    [Fact]
    public async Task Given_a_savepoint_When_a_changed_job_starts_from_it_Then_names_decide_what_it_takes()
    {
        await using var bench = await AfterTwoClicksAsync(clicks =>
        {
            Hourly(clicks, "one", "one");
            Hourly(clicks, "other", "other");
        });
        var savepoint = await bench.Control.SaveAsync(ControlBench.Job, null, default);
        await bench.Control.StopAsync(ControlBench.Job, default);
        await bench.BeginAsync(job => Hourly(Source(job), "other", "other"), o => o.Workers = 4);
        await SavepointTests.RefusedAsync("LEAT2135", "'one'", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(savepoint.Path), default));
        Assert.Equal("running", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(savepoint.Path, AllowDroppedState: true), default)).State);
        Assert.Equal(["a|0|2|11"], bench.View("other"));
    }

    [Fact]
    public async Task Given_a_record_that_does_not_name_its_operators_When_started_Then_the_same_job_goes_on_and_another_is_told()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly"));
        await bench.EndAsync();
        MakeOld(bench);
        await bench.BeginAsync(job => Hourly(Source(job), "hourly", hours: 2));
        Assert.Contains("LEAT2131", bench.Status.Error, StringComparison.Ordinal);
        Assert.Contains("does not name its operators", bench.Status.Error, StringComparison.Ordinal);
        await bench.BeginAsync(job => Hourly(Source(job), "hourly"));
        await bench.SendAsync(Clicks.At(3, "a", "1"));
        await bench.DrainAsync();
        Assert.Equal(["a|0|3|12"], bench.View("hourly"));
        Assert.Equal(["aggregate#1"], bench.Store.LoadNewest(out _)!.Operators.Select(o => o.Id));
    }

    [Fact]
    public async Task Given_a_second_source_of_a_topic_When_started_Then_it_is_refused_as_offsets_are_by_source()
    {
        await using var bench = await AfterTwoClicksAsync(clicks => Hourly(clicks, "hourly", "totals"));
        await bench.BeginAsync(job =>
        {
            Hourly(Source(job), "again", "again");
            Hourly(Source(job), "hourly", "totals");
        });
        Assert.Contains("LEAT2138: the checkpoint has offsets of 1 sources of 'clicks', the job has 2", bench.Status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("aggregate#2")]
    public void Given_a_text_that_is_no_name_When_an_operator_gets_it_Then_the_definition_is_refused(string name) =>
        Assert.Equal("LEAT2101", Assert.Throws<LeatException>(() => new Testing.StreamTestBench(() => new Named(name, "x")).RunAsync([Clicks.At(1, "a")]).GetAwaiter().GetResult()).Code);

    [Fact]
    public void Given_a_name_for_two_operators_When_defined_Then_it_is_refused() =>
        Assert.Equal("LEAT2105", Assert.Throws<LeatException>(() => new Testing.StreamTestBench(() => new Named("x", "x")).RunAsync([Clicks.At(1, "a")]).GetAwaiter().GetResult()).Code);

    private static async Task<ControlBench> AfterTwoClicksAsync(Action<Stream<ClickEvent>> define)
    {
        var bench = new ControlBench();
        await bench.BeginAsync(job => define(Source(job)));
        await bench.SendAsync(Clicks.At(1, "a", "5", "u1"), Clicks.At(2, "a", "6", "u2"));
        await bench.DrainAsync();
        return bench;
    }

    private static Stream<ClickEvent> Source(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, TimeSpan.FromSeconds(5));

    private static void Hourly(Stream<ClickEvent> clicks, string view, string? name = null, int hours = 1, int cost = 1)
    {
        var result = clicks.KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromHours(hours)).Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost * cost));
        if (name is not null) result.Named(name);
        result.ToView(view, TimeSpan.FromHours(1));
    }

    private static async Task WaitUntilReadAsync(ControlBench bench, int events)
    {
        for (var i = 0; i < 2000 && bench.Status.EventsRead < events; i++) await Task.Delay(5);
        await Task.Delay(50);
    }

    /// <summary>The newest record as it was before operators had ids.</summary>
    private static void MakeOld(ControlBench bench)
    {
        var record = bench.Store.LoadNewest(out _)!;
        var json = System.Text.Json.JsonSerializer.SerializeToNode(record)!.AsObject();
        foreach (var added in new[] { "Operators", "Sinks", "TakenAt" }) json.Remove(added);
        var bytes = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        var path = Path.Combine(bench.CheckpointFolder, $"{record.Epoch:D12}.checkpoint");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(Kernels.Checksum.Of(bytes)), .. bytes]);
    }

    private sealed class Named(string one, string other) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = Source(job);
            Hourly(clicks, "one", one);
            Hourly(clicks, "other", other);
        }
    }
}
