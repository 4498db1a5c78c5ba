using System.Collections.Immutable;
using Leat.Core;

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
    ImmutableArray<StagedFile> Files, ImmutableDictionary<string, long> Transactions);
