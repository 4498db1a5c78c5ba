using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q2.</summary>
internal readonly record struct Q2Row(long Auction, long Price) : INexmarkRow<Q2Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Auction);
        hash.Add(Price);
    }

    public static Q2Row Read(RowReader reader) => new(reader.Long(), reader.Long());
}
