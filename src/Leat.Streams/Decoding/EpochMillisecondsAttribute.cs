namespace Leat.Streams;

/// <summary>The JSON value of this DateTime is milliseconds since 1970-01-01 UTC, as a number or as decimal text.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EpochMillisecondsAttribute : Attribute;
