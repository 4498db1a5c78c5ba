namespace Leat.Lake;

/// <summary>Values of an integer column.</summary>
/// <param name="Column">Name of a column of type INTEGER or BIGINT.</param>
/// <param name="From">Least value.</param>
/// <param name="ToExcl">Value after the greatest.</param>
public sealed record LakeRange(string Column, long From, long ToExcl);
