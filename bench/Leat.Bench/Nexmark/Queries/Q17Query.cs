using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The prices of an auction and day replace those before, a second of event time later at most.</summary>
internal sealed class Q17Query() : NexmarkQuery("q17")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var calendar = default(CalendarTexts);
        Bids(events).KeyBy(b => (b.Auction, b.DateTime.Ticks / TimeSpan.TicksPerDay), names: ["auction", "day"])
            .Process(() => new PricesOfDay())
            .ForEach(change =>
            {
                if (change.HasOld) answer.Retract(Row(change.Old));
                answer.Add(Row(change.New));
            });

        Q17Row Row(in KeyedPrices state)
        {
            ref readonly var prices = ref state.Prices;
            return new Q17Row(state.Auction, calendar.Day(new DateTime(state.Day * TimeSpan.TicksPerDay)), prices.Bids, prices.Lowest, prices.Highest, prices.Sum / prices.Bids.Total, prices.Sum);
        }
    }
}
