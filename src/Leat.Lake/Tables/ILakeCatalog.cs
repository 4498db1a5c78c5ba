using Leat.Core;

namespace Leat.Lake;

/// <summary>The project's Delta tables, by name: "schema.table" or "table" (folder <c>lake/schema/table</c>).</summary>
public interface ILakeCatalog
{
    /// <summary>Names of all tables, sorted.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct);

    /// <summary>The table, or null when there is no Delta log.</summary>
    ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct);

    /// <summary>Creates the table, or returns the existing one when its schema is the same. Two creators at once: both get the same table.</summary>
    /// <exception cref="LeatException">LEAT3002 exists with another schema (names both).</exception>
    ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct);
}
