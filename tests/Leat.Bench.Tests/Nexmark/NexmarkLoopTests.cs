using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

public sealed class NexmarkLoopTests(NexmarkAnswers answers) : IClassFixture<NexmarkAnswers>
{
    public static TheoryData<string> Queries() => [.. NexmarkLoops.All.Select(l => l.Name)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Given_the_same_events_When_the_loop_and_the_peer_answer_Then_their_rows_are_equal(string name)
    {
        var loop = NexmarkLoops.All.Single(l => l.Name == name);
        var ours = loop.Rows(answers.Events).Order(StringComparer.Ordinal).ToList();
        var theirs = loop.PeerRows(answers.Peer.Connection, CancellationToken.None).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(ours);
        Assert.Equal(theirs.Except(ours).Take(3), ours.Except(theirs).Take(3));
        Assert.Equal(theirs, ours);
        Assert.Equal(loop.RunPeer(answers.Peer.Connection, CancellationToken.None), loop.Run(answers.Events));
        Assert.Equal(ours.Count, loop.Run(answers.Events).Rows);
    }

    [Fact]
    public void Given_all_queries_When_listed_Then_they_are_q0_to_q23_in_order()
        => Assert.Equal(Enumerable.Range(0, 24).Select(i => $"q{i}"), NexmarkLoops.All.Select(l => l.Name));

    [Fact]
    public void Given_these_events_When_looked_at_Then_the_cases_that_queries_disagree_about_are_there()
    {
        var events = answers.Events;
        var auctions = events.Auctions.ToDictionary(a => a.Id);
        var sessions = NexmarkLoops.All.Single(l => l.Name == "q11").Run(events).Rows;
        Assert.True(sessions > events.Bids.Select(b => b.Bidder).Distinct().Count(), "no bidder has two sessions");
        Assert.Equal(2, events.Bids.Select(b => b.DateTime.Date).Distinct().Count());
        Assert.Contains(events.Bids, b => !auctions.ContainsKey(b.Auction));
        Assert.Contains(events.Bids, b => auctions.TryGetValue(b.Auction, out var a) && b.DateTime < a.DateTime);
        Assert.Contains(events.Bids, b => auctions.TryGetValue(b.Auction, out var a) && b.DateTime > a.Expires);
        Assert.Contains(events.Bids.GroupBy(b => (b.Auction, b.Price)), g => g.Count() > 1);
        Assert.True(NexmarkLoops.All.Single(l => l.Name == "q21").Run(events).Rows < events.Bids.Length, "every url has a channel id");
    }
}
