namespace Leat.Bench.Nexmark;

/// <summary>A row of q9: all columns of an auction and its winning bid.</summary>
internal readonly record struct Q9Row(Auction Auction, Q0Row Bid) : INexmarkRow<Q9Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        Bid.AddTo(ref hash);
    }

    public static Q9Row Read(RowReader reader) => new(reader.Auction(), Q0Row.Read(reader));
}
