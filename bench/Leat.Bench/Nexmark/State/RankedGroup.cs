using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Counts of a group of bids: each bidder and auction of it has a byte that knows in which ranks it was seen.</summary>
internal sealed class RankedGroup<TKey> : PeriodicChanges<TKey, Bid, KeyedRanks<TKey>>
{
    private readonly MapState<long, byte> _bidders;
    private readonly MapState<long, byte> _auctions;

    public RankedGroup()
    {
        _bidders = Map<long, byte>("bidders");
        _auctions = Map<long, byte>("auctions");
    }

    protected override void Change(ref KeyedRanks<TKey> state, in Bid row)
    {
        var rank = RankCounts.Rank(row.Price);
        state.Key = Key;
        state.Counts.Bids.Count(rank);
        CountDistinct(ref state.Counts.Bidders, rank, _bidders, row.Bidder);
        CountDistinct(ref state.Counts.Auctions, rank, _auctions, row.Auction);
        if (row.DateTime > state.Counts.LastBid) state.Counts.LastBid = row.DateTime;
    }

    private static void CountDistinct(ref RankCounts counts, int rank, MapState<long, byte> memory, long value)
    {
        var before = memory[value];
        var seen = before;
        counts.CountDistinct(rank, ref seen);
        if (seen != before) memory[value] = seen;
    }
}
