using System.Globalization;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Bids with the value of a side table of 10,000 rows (i, "i"), which is an array here.</summary>
internal sealed class Q13Loop() : NexmarkLoop<Q13Row>("q13", "SELECT auction, bidder, price, dateTime, value FROM bid JOIN side_input ON auction % 10000 = key")
{
    /// <summary>Rows of the side table; keys from 0.</summary>
    public const int SideRows = 10_000;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var side = new Text[SideRows];
        for (var i = 0; i < SideRows; i++) side[i] = Value(i);
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            sink.Add(new Q13Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, side[bid.Auction % SideRows]));
        }
    }

    /// <summary>Value of the side table's key.</summary>
    public static Text Value(int key) => Text.Inline(Encoding.UTF8.GetBytes(key.ToString(CultureInfo.InvariantCulture)));
}
