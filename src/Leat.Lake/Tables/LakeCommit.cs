using System.Collections.Immutable;

namespace Leat.Lake;

/// <summary>What one commit makes visible.</summary>
/// <param name="Files">What staging returned; may hold no file, then only the transactions are recorded.</param>
/// <param name="Transactions">Marks of distinct applications. When the version of any of them is not above the table's, nothing is committed.</param>
public sealed record LakeCommit(StagedFiles Files, ImmutableArray<LakeTransaction> Transactions)
{
    /// <summary>All rows that are in the table leave it in the same commit.</summary>
    public bool Replace { get; init; }
}
