using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What a call of a table function gives.</summary>
/// <param name="Schema">Columns.</param>
/// <param name="Open">
/// Called once a scan with the indexes of the columns that the statement reads; gives batches, which the engine disposes after copying. Batches hold
/// all columns, or with <paramref name="Projects"/> exactly the asked ones in the asked order. Enumerated on threads of the engine, one at a time.
/// </param>
/// <param name="Projects">Whether batches hold only the columns asked for.</param>
/// <param name="RowCount">Rows, if known, for the planner.</param>
public sealed record DuckDbTableScan(Schema Schema, Func<ImmutableArray<int>, IEnumerable<Batch>> Open, bool Projects = false, long? RowCount = null);
