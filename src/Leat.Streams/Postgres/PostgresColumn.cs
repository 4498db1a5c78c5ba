using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Leat.Core;
using Npgsql;
using NpgsqlTypes;

namespace Leat.Streams;

/// <summary>A column as PostgreSQL has it: type of a new one, types of existing ones that hold its values, and how values are sent.</summary>
/// <param name="Field">Of the rows.</param>
/// <param name="Type">As CREATE TABLE spells it.</param>
/// <param name="Sent">Type on the wire.</param>
/// <param name="Fitting">Other types, without their sizes.</param>
internal sealed record PostgresColumn(Field Field, string Type, NpgsqlDbType Sent, ImmutableArray<string> Fitting)
{
    private const int MicrosecondTicks = 10;

    public string Quoted => Quote(Field.Name);

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <exception cref="LeatException">LEAT2146 a type that PostgreSQL cannot take from here.</exception>
    public static PostgresColumn Of(string sink, Field field) => field.Type.Kind switch
    {
        TypeKind.Boolean => new(field, "boolean", NpgsqlDbType.Boolean, []),
        TypeKind.Int8 or TypeKind.UInt8 or TypeKind.Int16 => new(field, "smallint", NpgsqlDbType.Smallint, ["integer", "bigint", "numeric"]),
        TypeKind.UInt16 or TypeKind.Int32 => new(field, "integer", NpgsqlDbType.Integer, ["bigint", "numeric"]),
        TypeKind.UInt32 or TypeKind.Int64 => new(field, "bigint", NpgsqlDbType.Bigint, ["numeric"]),
        TypeKind.UInt64 or TypeKind.Int128 or TypeKind.UInt128 => new(field, "numeric", NpgsqlDbType.Numeric, []),
        TypeKind.Float32 => new(field, "real", NpgsqlDbType.Real, ["double precision"]),
        TypeKind.Float64 => new(field, "double precision", NpgsqlDbType.Double, []),
        TypeKind.Decimal => new(field, string.Create(CultureInfo.InvariantCulture, $"numeric({field.Type.Width},{field.Type.Scale})"), NpgsqlDbType.Numeric, ["numeric"]),
        TypeKind.Text or TypeKind.Enum => new(field, "text", NpgsqlDbType.Text, ["character varying", "character"]),
        TypeKind.Date => new(field, "date", NpgsqlDbType.Date, []),
        TypeKind.Timestamp or TypeKind.TimestampTz => new(field, "timestamp with time zone", NpgsqlDbType.TimestampTz, ["timestamp without time zone"]),
        TypeKind.Uuid => new(field, "uuid", NpgsqlDbType.Uuid, []),
        _ => throw StreamErrors.SinkTable(sink, $"column '{field.Name}' is {field.Type}, which is not sent to PostgreSQL", "leave the column out, or make it a text"),
    };

    /// <summary>Whether a column of that type holds the values.</summary>
    /// <param name="type">As format_type spells it.</param>
    public bool Fits(string type) => type == Type || Fitting.Contains(type.Split('(')[0]);

    /// <summary>Sends one value.</summary>
    public void Write(NpgsqlBinaryImporter to, Column column, int row)
    {
        if (column.IsNull(row))
        {
            to.WriteNull();
            return;
        }

        switch (Field.Type.Kind)
        {
            case TypeKind.Boolean: to.Write(column.Get<byte>(row) != 0, Sent); break;
            case TypeKind.Int16: to.Write(column.Get<short>(row), Sent); break;
            case TypeKind.Int32: to.Write(column.Get<int>(row), Sent); break;
            case TypeKind.Int64: to.Write(column.Get<long>(row), Sent); break;
            case TypeKind.Float32: to.Write(column.Get<float>(row), Sent); break;
            case TypeKind.Float64: to.Write(column.Get<double>(row), Sent); break;
            case TypeKind.Text: to.Write(Plain(column.GetText(row).ToString()), Sent); break;
            case TypeKind.Timestamp or TypeKind.TimestampTz: to.Write(DateTime.UnixEpoch.AddTicks(column.Get<long>(row) * MicrosecondTicks), Sent); break;
            default: WriteBoxed(to, column.GetValue(row)); break;
        }
    }

    /// <summary>PostgreSQL keeps no zero character in texts.</summary>
    private static string Plain(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    private void WriteBoxed(NpgsqlBinaryImporter to, object? value)
    {
        switch (value)
        {
            case sbyte number: to.Write((short)number, Sent); break;
            case byte number: to.Write((short)number, Sent); break;
            case ushort number: to.Write((int)number, Sent); break;
            case uint number: to.Write((long)number, Sent); break;
            case ulong number: to.Write((decimal)number, Sent); break;
            case Int128 number: to.Write((BigInteger)number, Sent); break;
            case UInt128 number: to.Write((BigInteger)number, Sent); break;
            case decimal number: to.Write(number, Sent); break;
            case string text: to.Write(Plain(text), Sent); break;
            case DateOnly date: to.Write(date, Sent); break;
            case Guid id: to.Write(id, Sent); break;
            default: throw StreamErrors.SinkRefused($"column {Field.Name}", $"a value of {Field.Type} has more digits than are sent to PostgreSQL", null);
        }
    }
}
