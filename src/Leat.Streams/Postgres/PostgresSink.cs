using Leat.Core;

namespace Leat.Streams;

/// <summary>A table in PostgreSQL (12 or newer) that takes a job's rows exactly once: the rows of an epoch and the note of it are one transaction.</summary>
/// <remarks>
/// The table is made where there is none, with typed columns; one that is there must have the columns, with types that hold them. Times are <c>timestamptz</c>.
/// With <see cref="SinkMode.Upsert"/> it has a unique index over the key, and a column <c>leat_version</c>, which grows with each life and epoch of the job: no row is replaced by an older one.
/// The notes are in table <c>leat_commits</c> of the same schema, one row a job, table and life.
/// </remarks>
public sealed class PostgresSink : IStreamSink
{
    private readonly string _connection;

    /// <param name="table"><c>table</c> or <c>schema.table</c>, as written: names are quoted. The schema must be there.</param>
    /// <param name="connection">Reference to the secret that holds the connection string, <c>env:NAME</c> or <c>file:PATH</c>; what stands in it is never shown.</param>
    public PostgresSink(string table, string connection)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        (Table, _connection) = (table, connection);
    }

    /// <summary>As given.</summary>
    public string Table { get; }

    public string Name => $"PostgreSQL table {Table}";

    /// <exception cref="LeatException">LEAT2145 the name or the connection string cannot be used; LEAT2146 the table does not fit the rows; LEAT2147 not reachable (retry); LEAT2148 another life of the job took over; LEAT1021, LEAT1022 no such secret.</exception>
    public async ValueTask<ISinkSession> OpenAsync(SinkTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        var plan = PostgresPlan.Of(this, target);
        var source = PostgresConnection.Open(Name, target.Secrets.Resolve(_connection));
        try
        {
            return await PostgresSession.OpenAsync(plan, source, ct).ConfigureAwait(false);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
