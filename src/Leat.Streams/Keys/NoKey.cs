namespace Leat.Streams.Keys;

/// <summary>The key of windows over a whole stream.</summary>
internal readonly record struct NoKey;
