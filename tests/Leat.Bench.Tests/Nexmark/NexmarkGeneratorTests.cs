using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

public sealed class NexmarkGeneratorTests : IDisposable
{
    private const int Count = 100_000;
    private readonly NexmarkEvents _events = NexmarkGenerator.Make(NexmarkSettings.Over100Seconds(Count));

    public void Dispose() => _events.Dispose();

    [Fact]
    public void Given_one_seed_When_events_are_made_twice_Then_they_are_equal_and_with_another_seed_not()
    {
        using var again = NexmarkGenerator.Make(_events.Settings);
        using var other = NexmarkGenerator.Make(_events.Settings with { Seed = 4712 });
        Assert.Equal(_events.People, again.People);
        Assert.Equal(_events.Auctions, again.Auctions);
        Assert.Equal(_events.Bids, again.Bids);
        Assert.Equal(_events.Slots, again.Slots);
        Assert.NotEqual(_events.Bids, other.Bids);
    }

    [Fact]
    public void Given_whole_rounds_of_50_When_kinds_are_counted_Then_they_are_1_3_and_46()
    {
        Assert.Equal(Count / 50, _events.People.Length);
        Assert.Equal(Count / 50 * 3, _events.Auctions.Length);
        Assert.Equal(Count / 50 * 46, _events.Bids.Length);
    }

    [Fact]
    public void Given_all_events_When_read_in_order_Then_ids_count_up_and_times_follow_the_number()
    {
        var ids = new NexmarkIds(_events.Settings);
        for (var k = 0; k < Count; k++)
        {
            var e = _events[k];
            var eventId = k + 2L;
            Assert.Equal(ids.TimeAt(k + 1), e.DateTime);
            Assert.Equal(DateTimeKind.Utc, e.DateTime.Kind);
            if (e.Kind == NexmarkKind.Person) Assert.Equal(1000 + (eventId / 50), e.Person.Id);
            if (e.Kind == NexmarkKind.Auction) Assert.Equal(1000 + (eventId / 50 * 3) + (eventId % 50) - 1, e.Auction.Id);
        }
    }

    [Fact]
    public void Given_bids_When_ids_are_looked_at_Then_half_are_on_the_hot_auction_and_three_quarters_by_the_hot_bidder()
    {
        int hotAuction = 0, hotBidder = 0;
        for (var k = 0; k < Count; k++)
        {
            var e = _events[k];
            if (e.Kind != NexmarkKind.Bid) continue;
            var (person, auction) = ((k + 2L) / 50, ((k + 2L) / 50 * 3) + 2);
            if (e.Bid.Auction == 1000 + (auction / 100 * 100)) hotAuction++;
            if (e.Bid.Bidder == 2000 + (person / 100 * 100) + 1) hotBidder++;
            Assert.InRange(e.Bid.Auction - 1000, Math.Max(auction - 100, 0), auction + 10);
            Assert.InRange(e.Bid.Bidder - 2000, Math.Max(person - 999, 0), Math.Max(person + 10, 1));
        }

        Assert.InRange((double)hotAuction / _events.Bids.Length, 0.49, 0.52);
        Assert.InRange((double)hotBidder / _events.Bids.Length, 0.74, 0.77);
    }

    [Fact]
    public void Given_auctions_When_looked_at_Then_sellers_categories_lives_and_prices_are_in_their_ranges()
    {
        for (var i = 0; i < _events.Auctions.Length; i++)
        {
            var auction = _events.Auctions[i];
            var person = (auction.Id - 1000) / 3;
            Assert.InRange(auction.Seller - 1000, Math.Max(person - 999, 0), person + 10);
            Assert.InRange(auction.Category, 10, 14);
            Assert.InRange(auction.Expires - auction.DateTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2 * 1667));
            Assert.InRange(auction.InitialBid, 100, 100_000_000);
            Assert.InRange(auction.Reserve - auction.InitialBid, 100, 100_000_000);
        }

        var hot = _events.Auctions.Count(a => a.Seller == 1000 + ((a.Id - 1000) / 3 / 100 * 100));
        Assert.InRange((double)hot / _events.Auctions.Length, 0.73, 0.78);
    }

    [Fact]
    public void Given_sizes_as_the_definition_counts_them_When_averaged_Then_they_are_200_500_and_100_bytes()
    {
        Assert.InRange(_events.People.Average(p => 8.0 + p.Name.Length + p.EmailAddress.Length + p.CreditCard.Length + p.City.Length + p.State.Length + p.Extra.Length), 198, 202);
        Assert.InRange(_events.Auctions.Average(a => 48.0 + a.ItemName.Length + a.Description.Length + a.Extra.Length), 497, 503);
        Assert.InRange(_events.Bids.Average(b => 32.0 + b.Extra.Length), 99, 101);
        Assert.All(_events.Bids, b => Assert.InRange(b.Extra.Length, 54, 81));
    }

    [Fact]
    public void Given_bids_When_channels_and_urls_are_read_Then_half_are_hot_and_each_channel_has_one_url_of_the_right_form()
    {
        string[] hot = ["Google", "Facebook", "Baidu", "Apple"];
        var urls = _events.Bids.GroupBy(b => b.Channel.ToString()).ToDictionary(g => g.Key, g => g.Select(b => b.Url.ToString()).Distinct().Single());
        Assert.InRange((double)_events.Bids.Count(b => hot.Contains(b.Channel.ToString())) / _events.Bids.Length, 0.49, 0.51);
        Assert.All(urls, u => Assert.Matches(@"^https://www\.nexmark\.com/[a-z_]{3,4}/[a-z_]{3,4}/[a-z_]{3,4}/item\.htm\?query=1(&channel_id=-?\d+)?$", u.Value));
        Assert.All(hot, h => Assert.DoesNotContain("channel_id", urls[h], StringComparison.Ordinal));
        Assert.InRange(urls.Count(u => u.Value.Contains("channel_id", StringComparison.Ordinal)) / (double)urls.Count, 0.88, 0.92);
        Assert.InRange(urls.Count, 9_900, 10_004);
    }

    [Fact]
    public void Given_persons_When_texts_are_read_Then_they_have_their_forms()
    {
        Assert.All(_events.People, p =>
        {
            Assert.Matches("^[A-Z][a-z]+ [A-Z][a-z]+$", p.Name.ToString());
            Assert.Matches(@"^[a-z ]{0,6}@[a-z ]{0,4}\.com$", p.EmailAddress.ToString());
            Assert.Matches(@"^\d{4} \d{4} \d{4} \d{4}$", p.CreditCard.ToString());
            Assert.Contains(p.State.ToString(), (string[])["AZ", "CA", "ID", "OR", "WA", "WY"]);
        });
    }
}
