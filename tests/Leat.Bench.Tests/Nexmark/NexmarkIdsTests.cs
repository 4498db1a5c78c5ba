using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

public sealed class NexmarkIdsTests
{
    /// <summary>Goes through the event ids one by one and counts, as the definition is worded: of each 50 the first makes a person, the next three make auctions.</summary>
    [Fact]
    public void Given_event_ids_from_0_When_persons_and_auctions_are_counted_one_by_one_Then_the_formulas_say_the_same()
    {
        long people = 0, auctions = 0;
        for (long id = 0; id < 10_000; id++)
        {
            var place = id - (id / 50 * 50);
            var kind = place == 0 ? NexmarkKind.Person : place is 1 or 2 or 3 ? NexmarkKind.Auction : NexmarkKind.Bid;
            if (kind == NexmarkKind.Person) people++;
            if (kind == NexmarkKind.Auction) auctions++;
            Assert.Equal(kind, NexmarkIds.Kind(id));
            Assert.Equal(people - 1, NexmarkIds.LastPerson(id));
            Assert.Equal(auctions - 1, NexmarkIds.LastAuction(id));
        }
    }

    [Fact]
    public void Given_the_first_event_When_its_id_is_asked_Then_it_is_2_an_auction_as_in_the_published_source()
    {
        Assert.Equal(2, NexmarkIds.EventId(0));
        Assert.Equal(1, NexmarkIds.Number(0));
        Assert.Equal(NexmarkKind.Auction, NexmarkIds.Kind(NexmarkIds.EventId(0)));
        Assert.Equal(1, NexmarkIds.LastAuction(NexmarkIds.EventId(0)));
    }

    [Theory]
    [InlineData(10_000_000, 9, 0)]
    [InlineData(10_000_000, 10_000, 1)]
    [InlineData(100_000, 100, 1)]
    [InlineData(100_000, 199, 1)]
    [InlineData(100_000, 200, 2)]
    [InlineData(300, 1, 3)]
    [InlineData(300, 2, 6)]
    [InlineData(300, 3, 10)]
    public void Given_a_rate_When_time_is_asked_of_an_event_number_Then_microseconds_are_cut_to_milliseconds(long rate, long number, long expectedMs)
    {
        var settings = new NexmarkSettings(0, rate, 1, NexmarkSettings.DefaultBaseTime);
        Assert.Equal(expectedMs, (new NexmarkIds(settings).TimeAt(number) - settings.BaseTime).TotalMilliseconds);
    }

    [Fact]
    public void Given_the_manual_clock_When_a_second_of_events_has_arrived_Then_half_a_second_has_gone()
    {
        var settings = new NexmarkSettings(0, 1000, 1, NexmarkSettings.DefaultBaseTime);
        var clock = new NexmarkClock(settings);
        Assert.Equal(settings.BaseTime, clock.At(0));
        Assert.Equal(settings.BaseTime, clock.At(1));
        Assert.Equal(settings.BaseTime.AddMilliseconds(1), clock.At(2));
        Assert.Equal(settings.BaseTime.AddMilliseconds(500), clock.At(1000));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, int.MinValue)]
    [InlineData(2, 1 << 30)]
    [InlineData(3, 1 << 30)]
    [InlineData(5, 0x60000000)]
    public void Given_a_channel_When_its_id_is_made_Then_bits_are_reversed_and_the_sign_dropped_where_it_can_be(int channel, int expected) => Assert.Equal(expected, NexmarkChannels.ChannelId(channel));
}
