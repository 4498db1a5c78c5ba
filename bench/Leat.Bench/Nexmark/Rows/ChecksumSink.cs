using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>Looks at every field of every row and keeps the checksum.</summary>
internal struct ChecksumSink<TRow> : IRowSink<TRow>
    where TRow : struct, INexmarkRow<TRow>
{
    private RowChecksum _sum;

    public readonly RowChecksum Sum => _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row) => _sum.Add(row);
}
