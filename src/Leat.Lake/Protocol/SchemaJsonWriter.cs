using System.Buffers;
using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Writes a schema as Spark's schema JSON.</summary>
internal static class SchemaJsonWriter
{
    private static readonly SearchValues<char> Illegal = SearchValues.Create(" ,;{}()\n\t=");

    /// <exception cref="LeatException">LEAT3005 a column whose type or name Delta cannot hold (names it and what to use).</exception>
    public static string Write(Schema schema, string where)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) WriteStruct(json, [.. schema], "", where);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>The schema has a column or member of the kind.</summary>
    public static bool Contains(IEnumerable<Field> fields, TypeKind kind) => fields.Any(f => f.Type.Kind == kind || Contains(f.Type.Children, kind));

    private static void WriteStruct(Utf8JsonWriter json, IReadOnlyList<Field> fields, string prefix, string where)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject();
        json.WriteString("type", "struct");
        json.WriteStartArray("fields");
        foreach (var field in fields)
        {
            var path = prefix + field.Name;
            if (field.Name.Length == 0 || field.Name.AsSpan().ContainsAny(Illegal)) throw LakeErrors.IllegalColumn(path, where);
            if (!names.Add(field.Name)) throw LakeErrors.DuplicateColumn(path, where);
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WritePropertyName("type");
            WriteType(json, field.Type, path, where);
            json.WriteBoolean("nullable", field.Nullable);
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, DataType type, string path, string where)
    {
        switch (type.Kind)
        {
            case TypeKind.Struct:
                WriteStruct(json, type.Children, path + ".", where);
                break;
            case TypeKind.List:
                json.WriteStartObject();
                json.WriteString("type", "array");
                json.WritePropertyName("elementType");
                WriteType(json, type.Children[0].Type, path + ".element", where);
                json.WriteBoolean("containsNull", true);
                json.WriteEndObject();
                break;
            case TypeKind.Map:
                json.WriteStartObject();
                json.WriteString("type", "map");
                json.WritePropertyName("keyType");
                WriteType(json, type.Children[0].Type, path + ".key", where);
                json.WritePropertyName("valueType");
                WriteType(json, type.Children[1].Type, path + ".value", where);
                json.WriteBoolean("valueContainsNull", true);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(Primitive(type) ?? throw LakeErrors.TypeWithoutDelta(type, path, where));
                break;
        }
    }

    private static string? Primitive(DataType type) => type.Kind switch
    {
        TypeKind.Text => "string",
        TypeKind.Int64 => "long",
        TypeKind.Int32 => "integer",
        TypeKind.Int16 => "short",
        TypeKind.Int8 => "byte",
        TypeKind.Float32 => "float",
        TypeKind.Float64 => "double",
        TypeKind.Boolean => "boolean",
        TypeKind.Blob => "binary",
        TypeKind.Date => "date",
        TypeKind.TimestampTz => "timestamp",
        TypeKind.Timestamp => "timestamp_ntz",
        TypeKind.Decimal => $"decimal({type.Width},{type.Scale})",
        _ => null,
    };
}
