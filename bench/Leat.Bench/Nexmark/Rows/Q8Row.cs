using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A row of q8.</summary>
internal readonly record struct Q8Row(long PersonId, Text Name, DateTime WindowStart) : INexmarkRow<Q8Row>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref RowHash hash)
    {
        hash.Add(PersonId);
        hash.Add(Name);
        hash.Add(WindowStart);
    }

    public static Q8Row Read(RowReader reader) => new(reader.Long(), reader.Text(), reader.Time());
}
