namespace Leat.Log.Tests;

/// <summary>A record as a client decodes it.</summary>
internal sealed record WireRecord(long Offset, long TimeMs, string? Key, string? Value);
