namespace Leat.Bench.Nexmark;

/// <summary>Bids with the three folders of their url.</summary>
internal sealed class Q22Loop() : NexmarkLoop<Q22Row>("q22", "SELECT auction, bidder, price, channel, split_part(url, '/', 4), split_part(url, '/', 5), split_part(url, '/', 6) FROM bid")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var parts = TextParts.Three(bid.Url, 3);
            sink.Add(new Q22Row(bid.Auction, bid.Bidder, bid.Price, bid.Channel, parts.First, parts.Second, parts.Third));
        }
    }
}
