using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q3.</summary>
internal readonly record struct Q3Row(Text Name, Text City, Text State, long AuctionId) : INexmarkRow<Q3Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(Name);
        hash.Add(City);
        hash.Add(State);
        hash.Add(AuctionId);
    }

    public static Q3Row Read(RowReader reader) => new(reader.Text(), reader.Text(), reader.Text(), reader.Long());
}
