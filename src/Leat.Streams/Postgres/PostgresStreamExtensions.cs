using System.Runtime.CompilerServices;

namespace Leat.Streams;

/// <summary>Ends branches of a job in tables of PostgreSQL.</summary>
public static class PostgresStreamExtensions
{
    /// <summary>Appends every row to a table, exactly once. Columns are the members of <typeparamref name="T"/> in snake_case.</summary>
    /// <inheritdoc cref="PostgresSink(string, string)"/>
    public static Stream<T> ToPostgres<T>(this Stream<T> stream, string table, string connection) => stream.To(new PostgresSink(table, connection));

    /// <summary>Keeps the newest row of each key in a table, exactly once.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="sink">Where to.</param>
    /// <param name="key">Members that tell rows apart, <c>r => r.OrderId</c> or <c>r => (r.Campaign, r.Start)</c>.</param>
    /// <param name="isGone">Whether the row says that there is none of its key any more; default: none does.</param>
    /// <param name="selector">Set by the compiler.</param>
    public static Stream<T> ToPostgres<T, TKey>(this Stream<T> stream, PostgresSink sink, Func<T, TKey> key, Func<T, bool>? isGone = null, [CallerArgumentExpression(nameof(key))] string? selector = null) =>
        stream.To(sink, key, isGone, selector);

    /// <summary>Keeps results in a table, exactly once.</summary>
    /// <param name="result">The results.</param>
    /// <param name="table"><c>table</c> or <c>schema.table</c>.</param>
    /// <param name="connection">Reference to the secret that holds the connection string, <c>env:NAME</c> or <c>file:PATH</c>.</param>
    /// <param name="mode">Default: the result of each key and window as it is at each checkpoint.</param>
    /// <param name="keep">With <see cref="SinkMode.Complete"/>: windows that ended longer ago than this leave the table once they are final.</param>
    public static WindowResult<TKey> ToPostgres<TKey>(this WindowResult<TKey> result, string table, string connection, SinkMode mode = SinkMode.Upsert, TimeSpan keep = default) =>
        result.To(new PostgresSink(table, connection), mode, keep);
}
