namespace Leat.Bench.Nexmark;

/// <summary>A count of all bids and of those in each of three ranks of price: below 10,000 cents, below 1,000,000, and the rest.</summary>
internal record struct RankCounts(long Total, long Rank1, long Rank2, long Rank3)
{
    private const byte Seen = 1;

    /// <summary>1, 2 or 3.</summary>
    public static int Rank(long price) => price < 10_000 ? 1 : price < 1_000_000 ? 2 : 3;

    public void Count(int rank)
    {
        Total++;
        CountRank(rank);
    }

    /// <summary>Counts a distinct value once in all and once a rank; <paramref name="seen"/> is the value's memory.</summary>
    public void CountDistinct(int rank, ref byte seen)
    {
        var isOfRank = (byte)(1 << rank);
        if ((seen & isOfRank) != 0) return;
        if (seen == 0) Total++;
        seen |= (byte)(isOfRank | Seen);
        CountRank(rank);
    }

    public readonly void AddTo(ref RowHash hash)
    {
        hash.Add(Total);
        hash.Add(Rank1);
        hash.Add(Rank2);
        hash.Add(Rank3);
    }

    public static RankCounts Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Long());

    private void CountRank(int rank)
    {
        if (rank == 1) Rank1++;
        else if (rank == 2) Rank2++;
        else Rank3++;
    }
}
