using System.Collections.Immutable;

namespace Leat.Sql;

/// <summary>A column named with at least three parts, as in lake.orders.amount.</summary>
internal sealed record ColumnReference(ImmutableArray<string> Parts, int Position);
