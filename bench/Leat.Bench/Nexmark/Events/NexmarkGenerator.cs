using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Makes a run's events from its settings: the same settings give the same events.</summary>
/// <remarks>Source: nexmark/nexmark, nexmark-flink generator with its default configuration, in order, one generator. As published there, a bid's bidder has <see cref="NexmarkIds.FirstId"/> added twice, so bidders start at 2000 and persons at 1000.</remarks>
internal sealed class NexmarkGenerator
{
    private const int HotStep = 100;
    private const int Lead = 10;
    private const int InFlightAuctions = 100;
    private const int ActivePeople = 1000;
    private const int PersonBytes = 200;
    private const int AuctionBytes = 500;
    private const int BidBytes = 100;
    private static readonly Text[] Cities = Constants("Phoenix,Los Angeles,San Francisco,Boise,Portland,Bend,Redmond,Seattle,Kent,Cheyenne");
    private static readonly Text[] States = Constants("AZ,CA,ID,OR,WA,WY");
    private static readonly Text[] FirstNames = Constants("Peter,Paul,Luke,John,Saul,Vicky,Kate,Julie,Sarah,Deiter,Walter");
    private static readonly Text[] LastNames = Constants("Shultz,Abrams,Spencer,White,Bartels,Walton,Smith,Jones,Noris");
    private readonly TextArena _texts;
    private readonly NexmarkSettings _settings;
    private readonly NexmarkIds _ids;
    private readonly NexmarkChannels _channels;
    private NexmarkRandom _random;

    private NexmarkGenerator(NexmarkSettings settings, TextArena texts)
    {
        _texts = texts;
        _settings = settings;
        _ids = new NexmarkIds(settings);
        _random = new NexmarkRandom(settings.Seed);
        _channels = new NexmarkChannels(ref _random, texts);
    }

    /// <summary>All events in memory; dispose them.</summary>
    public static NexmarkEvents Make(NexmarkSettings settings, CancellationToken ct = default) => new NexmarkGenerator(settings, new TextArena()).Fill(ct);

    private NexmarkEvents Fill(CancellationToken ct)
    {
        var counts = new int[3];
        for (var k = 0; k < _settings.Events; k++) counts[(int)NexmarkIds.Kind(NexmarkIds.EventId(k))]++;
        var events = new NexmarkEvents(_settings, _texts) { Slots = new NexmarkSlot[_settings.Events], People = new Person[counts[0]], Auctions = new Auction[counts[1]], Bids = new Bid[counts[2]] };
        Array.Clear(counts);
        for (var k = 0; k < _settings.Events; k++)
        {
            if (k % 100_000 == 0) ct.ThrowIfCancellationRequested();
            var kind = NexmarkIds.Kind(NexmarkIds.EventId(k));
            var slot = new NexmarkSlot(kind, counts[(int)kind]++);
            events.Slots[k] = slot;
            if (kind == NexmarkKind.Bid) events.Bids[slot.Index] = NextBid(k);
            else if (kind == NexmarkKind.Auction) events.Auctions[slot.Index] = NextAuction(k);
            else events.People[slot.Index] = NextPerson(k);
        }

        return events;
    }

    private Person NextPerson(long k)
    {
        var name = _texts.Add([.. FirstNames[_random.Next(FirstNames.Length)].Bytes, (byte)' ', .. LastNames[_random.Next(LastNames.Length)].Bytes]);
        Span<byte> room = stackalloc byte[16];
        var email = _texts.Add([.. _random.NextText(room, 7), (byte)'@', .. _random.NextText(room[8..], 5), .. ".com"u8]);
        var card = _texts.Add(Encoding.UTF8.GetBytes($"{_random.Next(10_000):0000} {_random.Next(10_000):0000} {_random.Next(10_000):0000} {_random.Next(10_000):0000}"));
        var (city, state) = (Cities[_random.Next(Cities.Length)], States[_random.Next(States.Length)]);
        var extra = _texts.AddExtra(ref _random, 8 + name.Length + email.Length + card.Length + city.Length + state.Length, PersonBytes);
        return new Person(NexmarkIds.LastPerson(NexmarkIds.EventId(k)) + NexmarkIds.FirstId, name, email, card, city, state, Time(k), extra);
    }

    private Auction NextAuction(long k)
    {
        var eventId = NexmarkIds.EventId(k);
        var seller = _random.Next(4) > 0 ? NexmarkIds.LastPerson(eventId) / HotStep * HotStep : NextPersonIndex(eventId);
        var category = 10 + _random.Next(5);
        var initialBid = _random.NextPrice();
        var time = Time(k);
        var expires = time.AddMilliseconds(NextLengthMs(k, time));
        Span<byte> room = stackalloc byte[100];
        var name = _texts.Add(_random.NextText(room, 20));
        var description = _texts.Add(_random.NextText(room, 100));
        return new Auction
        {
            Id = NexmarkIds.LastAuction(eventId) + NexmarkIds.FirstId,
            ItemName = name,
            Description = description,
            InitialBid = initialBid,
            Reserve = initialBid + _random.NextPrice(),
            DateTime = time,
            Expires = expires,
            Seller = seller + NexmarkIds.FirstId,
            Category = category,
            Extra = _texts.AddExtra(ref _random, 8 + name.Length + description.Length + 40, AuctionBytes),
        };
    }

    private Bid NextBid(long k)
    {
        var eventId = NexmarkIds.EventId(k);
        var auction = _random.Next(2) > 0 ? NexmarkIds.LastAuction(eventId) / HotStep * HotStep : NextAuctionIndex(eventId);
        var bidder = _random.Next(4) > 0 ? (NexmarkIds.LastPerson(eventId) / HotStep * HotStep) + 1 : NextPersonIndex(eventId);
        var price = _random.NextPrice();
        var (channel, url) = _channels.Next(ref _random);
        var extra = _texts.AddExtra(ref _random, 32, BidBytes);
        return new Bid(auction + NexmarkIds.FirstId, bidder + NexmarkIds.FirstId + NexmarkIds.FirstId, price, channel, url, Time(k), extra);
    }

    private DateTime Time(long k) => _ids.TimeAt(NexmarkIds.Number(k));

    /// <summary>On average the time until a hundred further auctions have started.</summary>
    private long NextLengthMs(long k, DateTime time)
    {
        var ahead = InFlightAuctions * NexmarkIds.Proportion / 3;
        var horizonMs = (_ids.TimeAt(NexmarkIds.Number(k) + ahead) - time).Ticks / TimeSpan.TicksPerMillisecond;
        return 1 + _random.Next(Math.Max(horizonMs * 2, 1));
    }

    /// <summary>One of the last thousand persons, or one of the next ten.</summary>
    private long NextPersonIndex(long eventId)
    {
        var people = NexmarkIds.LastPerson(eventId) + 1;
        var active = Math.Min(people, ActivePeople);
        return people - active + _random.Next(active + Lead);
    }

    /// <summary>One of the last hundred auctions, or one of the next ten.</summary>
    private long NextAuctionIndex(long eventId)
    {
        var last = NexmarkIds.LastAuction(eventId);
        var first = Math.Max(last - InFlightAuctions, 0);
        return first + _random.Next(last - first + 1 + Lead);
    }

    private static Text[] Constants(string names) => [.. names.Split(',').Select(Text.Literal)];
}
