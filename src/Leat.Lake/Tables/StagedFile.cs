using System.Collections.Immutable;

namespace Leat.Lake;

/// <summary>One staged file.</summary>
/// <param name="Path">Relative to the table folder.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="Rows">Physical rows; -1 when the writer did not say.</param>
/// <param name="PartitionValues">Partition column to its value as written; null = NULL.</param>
/// <param name="StatsJson">Delta statistics as JSON text.</param>
public sealed record StagedFile(string Path, long SizeBytes, long Rows, ImmutableDictionary<string, string?> PartitionValues, string StatsJson);
