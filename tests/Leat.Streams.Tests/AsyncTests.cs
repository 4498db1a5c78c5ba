using System.Collections.Concurrent;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Calls to the outside for the rows of a stream.</summary>
public sealed class AsyncTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_many_rows_When_calls_are_made_Then_no_more_than_allowed_run_at_once_and_each_row_comes_out_once(bool ordered)
    {
        var (running, most) = (0, 0);
        await using var bench = new StreamTestBench(() => new Enriched(async (click, ct) =>
        {
            var now = Interlocked.Increment(ref running);
            for (var seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = most)
            {
            }

            await Task.Delay(1 + (int)(click.Cost % 3), ct);
            Interlocked.Decrement(ref running);
            return new Name(click.Campaign, (long)click.Cost);
        }, new AsyncSettings { Concurrency = 7, IsOrdered = ordered }));
        var steps = Enumerable.Range(0, 400).Select(i => Clicks.At(i, $"campaign with a long name {i:D3}", $"{i}"));
        var result = await bench.RunAsync([.. steps, new StreamStep.Checkpoint(), new StreamStep.Kill()]);
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"campaign with a long name {i:D3}|{i}"), result.Tables["names"]);
        Assert.InRange(most, 2, 7);
        if (ordered) Assert.Equal(Enumerable.Range(0, 400).Select(i => (long)i), result.Topics["names_in_order"].Select(r => long.Parse(r.Value.Split("\"cost\":")[1].TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Given_calls_that_fail_When_tried_again_Then_those_that_succeed_come_out_and_the_others_are_dead_letters()
    {
        var tries = new ConcurrentDictionary<string, int>();
        await using var bench = new StreamTestBench(() => new Enriched((click, _) =>
        {
            var count = tries.AddOrUpdate(click.Campaign.ToString(), 1, (_, n) => n + 1);
            return click.Campaign == Text.Literal("never") || (click.Campaign == Text.Literal("third") && count < 3) ? throw new InvalidOperationException($"try {count}") : ValueTask.FromResult(new Name(click.Campaign, count));
        }, new AsyncSettings { Retries = 3, Backoff = TimeSpan.Zero }));
        var result = await bench.RunAsync([Clicks.At(1, "first"), Clicks.At(2, "never"), Clicks.At(3, "third")]);
        Assert.Equal<string>(["first|1", "third|3"], [.. result.Tables["names"]]);
        Assert.Contains("async call: InvalidOperationException: try 4", Assert.Single(result.Topics["clicks.dlq"]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_call_without_end_When_the_clock_passes_its_time_Then_it_is_given_up()
    {
        var started = new TaskCompletionSource();
        await using var bench = new StreamTestBench(() => new Enriched(async (click, ct) =>
        {
            started.TrySetResult();
            if (click.Campaign == Text.Literal("stuck")) await new TaskCompletionSource().Task; // does not look at the token
            return new Name(click.Campaign, 1);
        }, new AsyncSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(30) }));
        await bench.PlayAsync([Clicks.At(1, "stuck"), Clicks.At(2, "fine")]);
        await started.Task;
        var run = bench.RunAsync([]);
        while (!run.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(5);
        }

        var result = await run;
        Assert.Equal("fine|1", Assert.Single(result.Tables["names"]));
        Assert.Contains("TimeoutException: no answer within 00:00:30", Assert.Single(result.Topics["clicks.dlq"]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_calls_for_results_of_windows_When_windows_close_Then_they_are_made_once_each()
    {
        await using var bench = new StreamTestBench(() => new EnrichedWindows());
        var result = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "a"), Clicks.At(3, "b"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["a|2", "b|1"], [.. result.Tables["names"]]);
    }

    private sealed class EnrichedWindows : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count()
            .Select(w => new Name(w.Key, w.Get<long>(0)))
            .SelectAsync(async (row, ct) =>
            {
                await Task.Delay(1, ct);
                return row;
            })
            .ToLake("names");
    }

    private sealed class Enriched(Func<ClickEvent, CancellationToken, ValueTask<Name>> call, AsyncSettings settings) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .SelectAsync(call, settings)
            .ToTopic("names_in_order")
            .ToLake("names");
    }

    private readonly record struct Name(Text Campaign, long Cost);
}
