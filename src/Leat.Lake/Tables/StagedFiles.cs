using System.Collections.Immutable;

namespace Leat.Lake;

/// <summary>Parquet files that are written and synced but not visible yet. Serialises to JSON for checkpoint manifests.</summary>
/// <param name="Table">Table name.</param>
/// <param name="Files">The files.</param>
public sealed record StagedFiles(string Table, ImmutableArray<StagedFile> Files);
