using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Bids between two prices in euros, with the part of the day and the number of letters c.</summary>
internal sealed class Q14Loop() : NexmarkLoop<Q14Row>("q14", """
    SELECT auction, bidder, (0.908 * price)::DECIMAL(18, 3),
        CASE WHEN hour(dateTime) BETWEEN 8 AND 18 THEN 'dayTime' WHEN hour(dateTime) <= 6 OR hour(dateTime) >= 20 THEN 'nightTime' ELSE 'otherTime' END,
        dateTime, extra, (length(extra) - length(replace(extra, 'c', '')))::BIGINT
    FROM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000
    """)
{
    private const long LowestExcl = 1_000_000_000;
    private const long HighestExcl = 50_000_000_000;
    private static readonly Text Day = Text.Inline("dayTime"u8);
    private static readonly Text Night = Text.Inline("nightTime"u8);
    private static readonly Text Other = Text.Inline("otherTime"u8);

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var price = bid.Price * Q1Loop.Rate;
            if (price is <= LowestExcl or >= HighestExcl) continue;
            sink.Add(new Q14Row(bid.Auction, bid.Bidder, price, TimeType(bid.DateTime), bid.DateTime, bid.Extra, bid.Extra.Bytes.Count((byte)'c')));
        }
    }

    /// <summary>Part of the day by its hour.</summary>
    public static Text TimeType(DateTime time) => time.Hour switch
    {
        >= 8 and <= 18 => Day,
        <= 6 or >= 20 => Night,
        _ => Other,
    };
}
