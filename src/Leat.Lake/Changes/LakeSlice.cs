using System.Collections.Immutable;

namespace Leat.Lake;

/// <summary>Some rows of a snapshot, in order. Files whose statistics show that they hold none of them are not opened.</summary>
/// <param name="Columns">Columns wanted, in their order.</param>
/// <param name="Ranges">All must hold; NULL is in none.</param>
/// <param name="OrderBy">Column that rows ascend by.</param>
/// <param name="Limit">Most rows.</param>
public sealed record LakeSlice(ImmutableArray<string> Columns, ImmutableArray<LakeRange> Ranges, string OrderBy, int Limit);
