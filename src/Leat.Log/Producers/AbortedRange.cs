using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>A transaction that was aborted.</summary>
/// <param name="ProducerId">Whose.</param>
/// <param name="FirstOffset">Its first record in the partition.</param>
/// <param name="MarkerOffset">Where the marker is that ended it.</param>
/// <param name="StableAfter">Every transaction that ends later has its first record here or after.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AbortedRange(long ProducerId, long FirstOffset, long MarkerOffset, long StableAfter);
