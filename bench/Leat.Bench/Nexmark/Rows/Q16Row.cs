using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q16; minute is the last one with a bid.</summary>
internal readonly record struct Q16Row(Text Channel, Text Day, Text Minute, RankCounts Bids, RankCounts Bidders, RankCounts Auctions) : INexmarkRow<Q16Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Channel);
        hash.Add(Day);
        hash.Add(Minute);
        Bids.AddTo(ref hash);
        Bidders.AddTo(ref hash);
        Auctions.AddTo(ref hash);
    }

    public static Q16Row Read(RowReader reader) => new(reader.Text(), reader.Text(), reader.Text(), RankCounts.Read(reader), RankCounts.Read(reader), RankCounts.Read(reader));
}
