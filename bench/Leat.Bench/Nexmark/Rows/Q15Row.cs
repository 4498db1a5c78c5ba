using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q15.</summary>
internal readonly record struct Q15Row(Text Day, RankCounts Bids, RankCounts Bidders, RankCounts Auctions) : INexmarkRow<Q15Row>
{
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Day);
        Bids.AddTo(ref hash);
        Bidders.AddTo(ref hash);
        Auctions.AddTo(ref hash);
    }

    public static Q15Row Read(RowReader reader) => new(reader.Text(), RankCounts.Read(reader), RankCounts.Read(reader), RankCounts.Read(reader));
}
