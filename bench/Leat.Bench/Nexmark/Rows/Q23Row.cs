namespace Leat.Bench.Nexmark;

/// <summary>A row of q23: all columns of the three.</summary>
internal readonly record struct Q23Row(Bid Bid, Person Person, Auction Auction) : INexmarkRow<Q23Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bid);
        hash.Add(Person);
        hash.Add(Auction);
    }

    public static Q23Row Read(RowReader reader) => new(reader.Bid(), reader.Person(), reader.Auction());
}
