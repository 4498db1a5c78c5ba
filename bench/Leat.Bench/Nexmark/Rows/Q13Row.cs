using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q13.</summary>
internal readonly record struct Q13Row(long Auction, long Bidder, long Price, DateTime DateTime, Text Value) : INexmarkRow<Q13Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bidder);
        hash.Add(Price);
        hash.Add(DateTime);
        hash.Add(Value);
    }

    public static Q13Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Long(), reader.Time(), reader.Text());
}
