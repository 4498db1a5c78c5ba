namespace Leat.Bench.Nexmark;

/// <summary>New persons who put up an auction in the same 10 s; either may come first.</summary>
internal sealed class Q8Loop() : NexmarkLoop<Q8Row>("q8", """
    SELECT p.id, p.name, make_timestamp(p.w * 10000000) FROM (SELECT DISTINCT id, name, epoch_ms(dateTime) // 10000 AS w FROM person) p
    JOIN (SELECT DISTINCT seller, epoch_ms(dateTime) // 10000 AS w FROM auction) a ON p.id = a.seller AND p.w = a.w
    """)
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var sellers = new LoopMap<long, SellerState>();
        var end = 0L;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind == NexmarkKind.Auction)
            {
                ref readonly var auction = ref events.Auctions[slot.Index];
                Move(ref end, auction.DateTime, sellers);
                ref var state = ref sellers[auction.Seller];
                if (state.Auctions++ == 0 && state.Person != 0) sink.Add(Row(events.People[state.Person - 1], end));
            }
            else if (slot.Kind == NexmarkKind.Person)
            {
                ref readonly var person = ref events.People[slot.Index];
                Move(ref end, person.DateTime, sellers);
                ref var state = ref sellers[person.Id];
                state.Person = slot.Index + 1;
                if (state.Auctions != 0) sink.Add(Row(person, end));
            }
        }
    }

    private static void Move(ref long end, DateTime time, LoopMap<long, SellerState> sellers)
    {
        if (time.Ticks < end) return;
        end = (time.Ticks / WindowTicks + 1) * WindowTicks;
        sellers.Clear();
    }

    private static Q8Row Row(in Person person, long end) => new(person.Id, person.Name, new DateTime(end - WindowTicks, DateTimeKind.Utc));
}
