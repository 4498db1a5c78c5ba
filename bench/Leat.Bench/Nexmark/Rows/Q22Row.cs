using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q22.</summary>
internal readonly record struct Q22Row(long Auction, long Bidder, long Price, Text Channel, Text Part3, Text Part4, Text Part5) : INexmarkRow<Q22Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(Price);
        hash.Add(Channel);
        hash.Add(Part3);
        hash.Add(Part4);
        hash.Add(Part5);
    }

    public static Q22Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Text(), reader.Text(), reader.Text(), reader.Text());
}
