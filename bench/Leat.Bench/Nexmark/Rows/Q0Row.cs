using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q0: a bid without its channel; also the bid columns of q7 and q9.</summary>
internal readonly record struct Q0Row(long Auction, long Bidder, long Price, DateTime DateTime, Text Extra) : INexmarkRow<Q0Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(Price);
        hash.Add(DateTime);
        hash.Add(Extra);
    }

    public static Q0Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Time(), reader.Text());
}
