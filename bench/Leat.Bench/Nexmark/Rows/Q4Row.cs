using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q4: final price averaged by category, cut to whole cents.</summary>
internal readonly record struct Q4Row(long Category, long Average) : INexmarkRow<Q4Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Category);
        hash.Add(Average);
    }

    public static Q4Row Read(RowReader reader) => new(reader.Long(), reader.Long());
}
