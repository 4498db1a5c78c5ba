using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q11; the end is one gap after the last bid.</summary>
internal readonly record struct Q11Row(long Bidder, long Bids, DateTime SessionStart, DateTime SessionEnd) : INexmarkRow<Q11Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Bidder);
        hash.Add(Bids);
        hash.Add(SessionStart);
        hash.Add(SessionEnd);
    }

    public static Q11Row Read(RowReader reader) => new(reader.Long(), reader.Long(), reader.Time(), reader.Time());
}
