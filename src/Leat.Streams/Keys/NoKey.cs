namespace Leat.Streams;

/// <summary>The key of windows over a whole stream.</summary>
public readonly record struct NoKey;
