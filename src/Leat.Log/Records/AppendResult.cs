namespace Leat.Log;

/// <summary>Where records are.</summary>
/// <param name="BaseOffset">Offset of the first record.</param>
/// <param name="Count">Records.</param>
/// <param name="Duplicate">The idempotency key was known: nothing was stored now.</param>
public readonly record struct AppendResult(long BaseOffset, int Count, bool Duplicate);
