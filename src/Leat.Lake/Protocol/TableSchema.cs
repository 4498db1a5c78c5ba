using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>The schema of a table, by the names users see and by the names in the data files. Both have the same shape.</summary>
/// <param name="Logical">Columns as SQL sees them.</param>
/// <param name="Physical">The same columns and struct members under the names in the files.</param>
/// <param name="Voids">Names of columns of type void, which are never in files.</param>
/// <param name="FieldIds">Top-level column to its Parquet field id, where the table maps columns.</param>
/// <param name="Marks">Keys found in field metadata, with the column they stand at.</param>
internal sealed record TableSchema(
    Schema Logical, Schema Physical, ImmutableHashSet<string> Voids, ImmutableDictionary<string, int> FieldIds, ImmutableArray<(string Key, string Column)> Marks);
