namespace Leat.Log;

/// <summary>What a block covers.</summary>
/// <param name="Bytes">Size of its batches.</param>
/// <param name="FromOffset">First record.</param>
/// <param name="ToOffsetExcl">After the last record.</param>
/// <param name="Count">Records from the first on.</param>
internal readonly record struct BlockExtent(int Bytes, long FromOffset, long ToOffsetExcl, int Count);
