using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q21.</summary>
internal readonly record struct Q21Row(long Auction, long Bidder, long Price, Text Channel, Text ChannelId) : INexmarkRow<Q21Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(Price);
        hash.Add(Channel);
        hash.Add(ChannelId);
    }

    public static Q21Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Text(), reader.Text());
}
