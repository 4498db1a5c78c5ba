using System.Runtime.InteropServices;

namespace Leat.Bench.Nexmark;

/// <summary>Groups of bids with distinct counts: each bidder and auction of a group has a byte that knows in which ranks it was seen, so that one look-up serves four distinct counts.</summary>
internal sealed class RankGroups<TKey>
    where TKey : unmanaged, IEquatable<TKey>
{
    private readonly LoopMap<TKey, int> _numbers = new();
    private readonly List<RankGroup> _groups = [];
    private readonly LoopMap<LongPair, byte> _bidders = new();
    private readonly LoopMap<LongPair, byte> _auctions = new();

    public void Count(TKey key, in Bid bid)
    {
        ref var number = ref _numbers[key];
        if (number == 0)
        {
            _groups.Add(default);
            number = _groups.Count;
        }

        ref var group = ref CollectionsMarshal.AsSpan(_groups)[number - 1];
        var rank = RankCounts.Rank(bid.Price);
        group.Bids.Count(rank);
        group.Bidders.CountDistinct(rank, ref _bidders[new LongPair(bid.Bidder, number)]);
        group.Auctions.CountDistinct(rank, ref _auctions[new LongPair(bid.Auction, number)]);
        if (bid.DateTime > group.LastBid) group.LastBid = bid.DateTime;
    }

    public IEnumerable<(TKey Key, RankGroup Counts)> All()
    {
        for (var i = 0; i < _numbers.Slots.Length; i++)
            if (_numbers.Slots[i].IsUsed) yield return (_numbers.Slots[i].Key, _groups[_numbers.Slots[i].Value - 1]);
    }
}
