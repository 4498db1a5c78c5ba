using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q14: price in thousandths, DECIMAL(23,3) without its point.</summary>
internal readonly record struct Q14Row(long Auction, long Bidder, long PriceThousandths, Text TimeType, DateTime DateTime, Text Extra, long LettersC) : INexmarkRow<Q14Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(PriceThousandths);
        hash.Add(TimeType);
        hash.Add(DateTime);
        hash.Add(Extra);
        hash.Add(LettersC);
    }

    public static Q14Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Text(), reader.Time(), reader.Text(), reader.Long());
}
