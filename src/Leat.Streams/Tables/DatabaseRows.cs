using System.Buffers;
using System.Data.Common;
using System.Text.Json;

namespace Leat.Streams.Tables;

/// <summary>Rows of a query of a database.</summary>
internal sealed class DatabaseRows<TRow>(string table, Func<DbConnection> connect, string sql) : TableOrigin<TRow>
{
    public override string Kind => "database";

    public override async Task LoadAsync<TKey>(TableSource source, TableFill<TKey, TRow> fill, CancellationToken ct)
    {
        var connection = connect();
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = sql;
                var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false)) await ReadAsync(reader, fill, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadAsync<TKey>(DbDataReader reader, TableFill<TKey, TRow> fill, CancellationToken ct)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        for (var number = 1; await reader.ReadAsync(ct).ConfigureAwait(false); number++)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            writer.WriteStartObject();
            for (var i = 0; i < names.Count; i++)
            {
                writer.WritePropertyName(names[i]);
                Write(writer, reader.GetValue(i));
            }

            writer.WriteEndObject();
            writer.Flush();
            fill.AddJson(buffer.WrittenSpan, $"{table}, row {number}");
        }
    }

    /// <summary>Times of a database without zone are UTC.</summary>
    private static void Write(Utf8JsonWriter writer, object value)
    {
        if (value is DBNull) writer.WriteNullValue();
        else if (value is DateTime { Kind: not DateTimeKind.Utc } time) writer.WriteStringValue(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
        else JsonSerializer.Serialize(writer, value, value.GetType());
    }
}
