using Leat.Core;

namespace Leat.DuckDb;

public sealed partial class DuckDbConnection
{
    /// <summary>Appends the rows of a batch to a table, column by position.</summary>
    /// <param name="table">Table as "name", "schema.name" or "catalog.schema.name", without quotes.</param>
    /// <param name="batch">Rows; the types are the table's or cast to them.</param>
    public void Append(string table, Batch batch)
    {
        using var appender = OpenAppender(table);
        appender.Append(batch);
        appender.Complete();
    }

    /// <summary>An appender to a table; dispose it.</summary>
    /// <param name="table">Table as "name", "schema.name" or "catalog.schema.name", without quotes.</param>
    /// <exception cref="DuckDbException">LEAT1111 no such table.</exception>
    public DuckDbAppender OpenAppender(string table)
    {
        var parts = table.Split('.');
        var (catalog, schema) = (parts.Length > 2 ? parts[^3] : null, parts.Length > 1 ? parts[^2] : null);
        if (NativeMethods.duckdb_appender_create_ext(_handle, catalog, schema, parts[^1], out var handle) == NativeMethods.Success) return new DuckDbAppender(this, handle, table);
        var message = NativeMethods.Borrowed(NativeMethods.duckdb_appender_error(handle)) ?? "no appender can be made";
        if (!message.Contains(" Error: ", StringComparison.Ordinal)) message = "Catalog Error: " + message;
        handle.Dispose();
        throw Failure(message, table, CancellationToken.None);
    }
}
