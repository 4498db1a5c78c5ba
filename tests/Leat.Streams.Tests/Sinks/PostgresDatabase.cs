using System.Globalization;
using Npgsql;

namespace Leat.Streams.Tests.Sinks;

/// <summary>A database of one test.</summary>
/// <param name="Source">Connections for the test itself.</param>
/// <param name="Secret">Reference to the connection string.</param>
public sealed record PostgresDatabase(NpgsqlDataSource Source, string Secret) : IAsyncDisposable
{
    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows as text, values joined by "|", sorted.</summary>
    public async Task<List<string>> ReadAsync(string sql)
    {
        var rows = new List<string>();
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Show(reader.GetValue(i)))));
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static string Show(object value) => value switch
    {
        DBNull => "",
        DateTime time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
