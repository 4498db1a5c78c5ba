namespace Leat.Log;

/// <summary>Result of checking batches.</summary>
/// <param name="Bytes">Whole, valid batches at the start.</param>
/// <param name="ToOffsetExcl">Offset after them.</param>
/// <param name="Problem">Null, or why not even the first can be used.</param>
/// <param name="NeedsCopy">Some are packed or belong to an aborted transaction.</param>
/// <param name="Records">Records in batches that readers see, the whole first batch included.</param>
internal readonly record struct CheckedBatches(int Bytes, long ToOffsetExcl, string? Problem, bool NeedsCopy, int Records);
