using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q17: money in cents, the average cut to whole ones.</summary>
internal readonly record struct Q17Row(long Auction, Text Day, RankCounts Bids, long Lowest, long Highest, long Average, long Sum) : INexmarkRow<Q17Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Day);
        Bids.AddTo(ref hash);
        hash.Add(Lowest);
        hash.Add(Highest);
        hash.Add(Average);
        hash.Add(Sum);
    }

    public static Q17Row Read(RowReader reader) => new(reader.Long(), reader.Text(), RankCounts.Read(reader), reader.Long(), reader.Long(), reader.Long(), reader.Long());
}
