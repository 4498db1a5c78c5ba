namespace Leat.Core;

/// <summary>Boxed value of a UNION column: which member, and its value.</summary>
public readonly record struct UnionValue(string Member, object? Value);
