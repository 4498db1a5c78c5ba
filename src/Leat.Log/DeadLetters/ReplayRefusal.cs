namespace Leat.Log;

/// <summary>A dead letter that could not go back.</summary>
/// <param name="Partition">Partition of the dead-letter topic.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="Code">Code of what is wrong now.</param>
/// <param name="Field">Offending field; empty for the record as a whole.</param>
/// <param name="Reason">What is wrong now.</param>
public sealed record ReplayRefusal(int Partition, long Offset, string Code, string Field, string Reason);
