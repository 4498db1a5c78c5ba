using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q1: price in thousandths, DECIMAL(23,3) without its point.</summary>
internal readonly record struct Q1Row(long Auction, long Bidder, long PriceThousandths, DateTime DateTime, Text Extra) : INexmarkRow<Q1Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(PriceThousandths);
        hash.Add(DateTime);
        hash.Add(Extra);
    }

    public static Q1Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Time(), reader.Text());
}
