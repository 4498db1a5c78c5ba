using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>One of the last batches of a producer.</summary>
/// <param name="BaseOffset">Its first record.</param>
/// <param name="FirstSequence">Sequence of the first record.</param>
/// <param name="LastSequence">Sequence of the last record.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ProducerBatch(long BaseOffset, int FirstSequence, int LastSequence);
