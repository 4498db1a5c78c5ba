namespace Leat.Bench.Nexmark;

/// <summary>A row of q19: all columns of a bid and its rank in its auction, from 1.</summary>
internal readonly record struct Q19Row(Bid Bid, long RankNumber) : INexmarkRow<Q19Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bid);
        hash.Add(RankNumber);
    }

    public static Q19Row Read(RowReader reader) => new(reader.Bid(), reader.Long());
}
