using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q5: an auction with the most bids of a window; the window is no column.</summary>
internal readonly record struct Q5Row(long Auction, long Bids) : INexmarkRow<Q5Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Bids);
    }

    public static Q5Row Read(RowReader reader) => new(reader.Long(), reader.Long());
}
