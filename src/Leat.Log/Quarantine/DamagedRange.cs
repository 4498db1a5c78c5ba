namespace Leat.Log;

/// <summary>Records that cannot be read.</summary>
/// <param name="FromOffset">First offset that is not served.</param>
/// <param name="ToOffsetExcl">First offset after it.</param>
/// <param name="Where">File, and position in it where there is one.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record DamagedRange(long FromOffset, long ToOffsetExcl, string Where, string Problem);
