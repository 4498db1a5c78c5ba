namespace Leat.Bench.Nexmark;

/// <summary>A row of q20: all columns of both.</summary>
internal readonly record struct Q20Row(Bid Bid, Auction Auction) : INexmarkRow<Q20Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bid);
        hash.Add(Auction);
    }

    public static Q20Row Read(RowReader reader) => new(reader.Bid(), reader.Auction());
}
