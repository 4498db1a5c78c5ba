using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q10: the row as it goes into the file of its day and minute.</summary>
internal readonly record struct Q10Row(long Auction, long Bidder, long Price, DateTime DateTime, Text Extra, Text Day, Text Minute) : INexmarkRow<Q10Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(Price);
        hash.Add(DateTime);
        hash.Add(Extra);
        hash.Add(Day);
        hash.Add(Minute);
    }

    public static Q10Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Time(), reader.Text(), reader.Text(), reader.Text());
}
