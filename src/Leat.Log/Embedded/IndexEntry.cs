using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>An index point: a batch begins here.</summary>
/// <param name="Offset">Its first record.</param>
/// <param name="Position">Byte in the segment.</param>
/// <param name="MaxTimestampBeforeMs">Newest record time of the segment before this batch; -1 when it is the first.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IndexEntry(long Offset, long Position, long MaxTimestampBeforeMs);
