namespace Leat.Bench.Nexmark;

/// <summary>Average over a seller's last winning bids, in the order of the bids' times (first to arrive first): the final state of an updating query.</summary>
internal sealed class Q6Loop() : NexmarkLoop<Q6Row>("q6", """
    SELECT seller, (sum(price) OVER w // count(*) OVER w)::BIGINT FROM (
        SELECT a.id, a.seller, b.price, b.dateTime, b.n FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
        QUALIFY row_number() OVER (PARTITION BY a.id, a.seller ORDER BY b.price DESC, b.dateTime, b.n) = 1)
    WINDOW w AS (PARTITION BY seller ORDER BY dateTime, n ROWS BETWEEN 10 PRECEDING AND CURRENT ROW)
    """)
{
    private const int RowsAveraged = 11;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var sales = Sales(events);
        var sum = 0L;
        for (int i = 0, first = 0; i < sales.Length; i++)
        {
            var (seller, bid) = sales[i];
            if (i > 0 && sales[i - 1].Seller != seller) (first, sum) = (i, 0);
            sum += events.Bids[bid].Price;
            if (i - first == RowsAveraged) sum -= events.Bids[sales[first++].Bid].Price;
            sink.Add(new Q6Row(seller, sum / (i - first + 1)));
        }
    }

    /// <summary>Winning bids by seller; bids are in the order of their times, so their indexes order them.</summary>
    private static (long Seller, int Bid)[] Sales(NexmarkEvents events)
    {
        var sales = new List<(long Seller, int Bid)>(events.Auctions.Length);
        foreach (ref readonly var slot in new WinningBids(events).Run().Slots)
            if (slot.Value.Winner != 0) sales.Add((events.Auctions[slot.Value.Auction - 1].Seller, slot.Value.Winner - 1));
        var sorted = sales.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
