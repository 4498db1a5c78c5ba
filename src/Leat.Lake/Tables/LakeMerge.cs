using System.Collections.Immutable;

namespace Leat.Lake;

/// <summary>How rows are put in place of those that the table has.</summary>
/// <param name="Key">Columns that tell rows apart, at least one; two NULLs are the same.</param>
/// <param name="Transaction">Mark of the writing application; when its version is not above the table's, nothing is committed. Null = none.</param>
public sealed record LakeMerge(ImmutableArray<string> Key, LakeTransaction? Transaction);
