using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench.Nexmark;

/// <summary>DuckDB in memory with the same events as tables person, auction and bid, each with its event number in column n, the side table, and the manual clock as macro processing_ms(n).</summary>
internal sealed class NexmarkPeer : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    private NexmarkPeer() => Connection = _database.Connect();

    public DuckDbConnection Connection { get; }

    /// <summary>Loads all events; dispose it.</summary>
    public static NexmarkPeer Load(NexmarkEvents events, CancellationToken ct)
    {
        var peer = new NexmarkPeer();
        peer.MakeTables(events.Settings, ct);
        using var people = new PeerTable(peer.Connection, "person", Types("id name* emailAddress* creditCard* city* state* dateTime@ extra* n"));
        using var auctions = new PeerTable(peer.Connection, "auction", Types("id itemName* description* initialBid reserve dateTime@ expires@ seller category extra* n"));
        using var bids = new PeerTable(peer.Connection, "bid", Types("auction bidder price channel* url* dateTime@ extra* n"));
        for (var number = 0; number < events.Count; number++)
        {
            if (number % 100_000 == 0) ct.ThrowIfCancellationRequested();
            var slot = events.Slots[number];
            if (slot.Kind == NexmarkKind.Bid) Put(bids, events.Bids[slot.Index], number);
            else if (slot.Kind == NexmarkKind.Auction) Put(auctions, events.Auctions[slot.Index], number);
            else Put(people, events.People[slot.Index], number);
        }

        people.Complete();
        auctions.Complete();
        bids.Complete();
        return peer;
    }

    /// <summary>The timed run; the rows stay in the engine.</summary>
    public RowChecksum Run(INexmarkLoop query, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-nexmark-peer-").FullName;
        try
        {
            Connection.Execute(query.TimedSql(folder), ct);
            return default;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
    }

    private void MakeTables(NexmarkSettings settings, CancellationToken ct)
    {
        var baseMs = (settings.BaseTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        Connection.Execute(
            FormattableString.Invariant($"""
            CREATE TABLE person (id BIGINT, name VARCHAR, emailAddress VARCHAR, creditCard VARCHAR, city VARCHAR, state VARCHAR, dateTime TIMESTAMP, extra VARCHAR, n BIGINT);
            CREATE TABLE auction (id BIGINT, itemName VARCHAR, description VARCHAR, initialBid BIGINT, reserve BIGINT, dateTime TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra VARCHAR, n BIGINT);
            CREATE TABLE bid (auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, dateTime TIMESTAMP, extra VARCHAR, n BIGINT);
            CREATE TABLE side_input AS SELECT i AS key, i::VARCHAR AS value FROM range({Q13Loop.SideRows}) r(i);
            CREATE MACRO processing_ms(n) AS {baseMs} + n * 1000 // {settings.EventsPerSecond * NexmarkClock.Speed};
            """),
            ct);
    }

    /// <summary>Columns from their names: * marks a text, @ a time, the others are numbers.</summary>
    private static Schema Types(string columns) => Schema.Of([.. columns.Split(' ').Select(c => (c.TrimEnd('*', '@'), c[^1] == '*' ? DataType.Text : c[^1] == '@' ? DataType.Timestamp : DataType.Int64))]);

    private static void Put(PeerTable table, in Bid bid, long number) =>
        table.Put(bid.Auction).Put(bid.Bidder).Put(bid.Price).Put(bid.Channel).Put(bid.Url).Put(bid.DateTime).Put(bid.Extra).End(number);

    private static void Put(PeerTable table, in Auction auction, long number) =>
        table.Put(auction.Id).Put(auction.ItemName).Put(auction.Description).Put(auction.InitialBid).Put(auction.Reserve).Put(auction.DateTime).Put(auction.Expires)
            .Put(auction.Seller).Put(auction.Category).Put(auction.Extra).End(number);

    private static void Put(PeerTable table, in Person person, long number) =>
        table.Put(person.Id).Put(person.Name).Put(person.EmailAddress).Put(person.CreditCard).Put(person.City).Put(person.State).Put(person.DateTime).Put(person.Extra).End(number);
}
