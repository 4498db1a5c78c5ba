using System.Collections.Immutable;

namespace Leat.Core.Tests;

public sealed class RunEventsTests
{
    [Fact]
    public void Given_more_events_than_are_kept_When_asked_Then_the_newest_1024_in_order()
    {
        var events = new RunEvents();
        for (var i = 0; i < 1_500; i++) events.Publish(Event(i));

        Assert.Equal(Enumerable.Range(476, 1_024).Select(i => (long)i), events.Recent.Select(e => e.Sequence));
        Assert.Equal("476", events.Recent[0].RunId);
    }

    [Fact]
    public async Task Given_a_listener_When_published_Then_it_sees_events_from_its_subscription_on()
    {
        var events = new RunEvents();
        events.Publish(Event(0));
        var listening = events.SubscribeAsync(CancellationToken.None);
        events.Publish(Event(1));
        events.Publish(Event(2));

        Assert.Equal([1L, 2L], await FirstAsync(listening, 2));
    }

    [Fact]
    public async Task Given_a_slow_listener_When_it_falls_behind_Then_it_loses_the_oldest_and_sees_a_gap()
    {
        var events = new RunEvents();
        var listening = events.SubscribeAsync(CancellationToken.None);
        for (var i = 0; i < 1_030; i++) events.Publish(Event(i));

        Assert.Equal(6, (await FirstAsync(listening, 1))[0]);
    }

    [Fact]
    public async Task Given_a_cancelled_listener_When_it_reads_Then_it_ends()
    {
        var events = new RunEvents();
        using var stop = new CancellationTokenSource();
        var listening = events.SubscribeAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FirstAsync(listening, 1));
    }

    private static async Task<List<long>> FirstAsync(IAsyncEnumerable<RunEvent> events, int count)
    {
        var seen = new List<long>();
        await foreach (var e in events)
        {
            seen.Add(e.Sequence);
            if (seen.Count == count) break;
        }
        return seen;
    }

    private static RunEvent Event(int i) => new(RunEventKind.Started, "flows/x", i.ToString(), DateTimeOffset.UnixEpoch, [], [], ImmutableDictionary<string, string>.Empty);
}
