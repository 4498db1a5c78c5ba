using Leat.Sql;

namespace Storefront.Demo;

/// <summary>Single answers from a SQL session.</summary>
internal static class SessionRows
{
    /// <summary>The one value of a query that returns one row with one column.</summary>
    public static async Task<T> ScalarAsync<T>(this ISqlSession session, string sql, CancellationToken ct) => (T)(await session.SingleRowAsync(sql, ct))[0]!;

    /// <summary>The values of a query that returns one row.</summary>
    public static async Task<object?[]> SingleRowAsync(this ISqlSession session, string sql, CancellationToken ct)
    {
        await using var result = await session.QueryAsync(sql, [], ct);
        await foreach (var batch in result.ReadAsync(ct))
        {
            using (batch)
            {
                if (batch.RowCount > 0) return [.. Enumerable.Range(0, batch.ColumnCount).Select(i => batch[i].GetValue(0))];
            }
        }
        throw new InvalidOperationException($"no row from: {sql}");
    }
}
