using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q12; start and end in processing time.</summary>
internal readonly record struct Q12Row(long Bidder, long Bids, DateTime WindowStart, DateTime WindowEnd) : INexmarkRow<Q12Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bidder);
        hash.Add(Bids);
        hash.Add(WindowStart);
        hash.Add(WindowEnd);
    }

    public static Q12Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Time(), reader.Time());
}
