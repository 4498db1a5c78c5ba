using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q6: one row for each auction sold; the average over it and the ten that its seller sold before, cut to whole cents.</summary>
internal readonly record struct Q6Row(long Seller, long Average) : INexmarkRow<Q6Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Seller);
        hash.Add(Average);
    }

    public static Q6Row Read(RowReader reader) => new(reader.Long(), reader.Long());
}
