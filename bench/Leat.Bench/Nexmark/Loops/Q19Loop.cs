namespace Leat.Bench.Nexmark;

/// <summary>The ten highest bids of each auction; of equal prices the first to arrive. The final state of an updating query.</summary>
internal sealed class Q19Loop() : NexmarkLoop<Q19Row>("q19", """
    SELECT * EXCLUDE (n), row_number() OVER (PARTITION BY auction ORDER BY price DESC, n) AS rank_number FROM bid QUALIFY rank_number <= 10
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var numbers = new LoopMap<long, int>();
        var tops = new TopBids();
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            ref var number = ref numbers[bid.Auction];
            if (number == 0) number = tops.Open();
            tops.Take(number, bid.Price, slot.Index);
        }

        foreach (ref readonly var slot in numbers.Slots)
        {
            if (!slot.IsUsed) continue;
            var top = tops.Of(slot.Value);
            for (var i = 0; i < top.Length; i++) sink.Add(new Q19Row(bids[top[i].Bid], i + 1));
        }
    }
}
