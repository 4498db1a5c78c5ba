namespace Leat.Log;

/// <summary>What a dead letter is repaired with.</summary>
/// <param name="Value">New value; null = as it is.</param>
/// <param name="Key">New key; null = as it is, or from the new value where the topic declares a key field.</param>
public sealed record RepairedRecord(byte[]? Value, byte[]? Key);
