using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake;

/// <summary>A table at one version.</summary>
/// <param name="Table">Table name.</param>
/// <param name="Root">Absolute path of the table folder.</param>
/// <param name="Version">Counted from 0.</param>
/// <param name="Schema">Columns, partition columns included.</param>
/// <param name="PartitionColumns">Names, in order.</param>
/// <param name="Files">Live files.</param>
/// <param name="Transactions">Application to its highest committed version.</param>
public sealed record LakeSnapshot(
    string Table, string Root, long Version, Schema Schema, ImmutableArray<string> PartitionColumns,
    ImmutableArray<StagedFile> Files, ImmutableDictionary<string, long> Transactions)
{
    /// <summary>What the log says, for scans.</summary>
    internal TableState? State { get; init; }

    internal static LakeSnapshot Of(TableState state, string root) => new(
        state.Table, root, state.Version, state.Schema.Logical, state.Metadata.PartitionColumns,
        [.. state.Files.Values.Select(f => new StagedFile(f.Path, f.SizeBytes, StatsText.Rows(f.Stats), f.PartitionValues, f.Stats ?? "{}"))],
        state.Transactions.ToImmutableDictionary(t => t.Key, t => t.Value.Version)) { State = state };
}
