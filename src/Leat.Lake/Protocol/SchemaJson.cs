using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Reads Spark's schema JSON (metaData.schemaString).</summary>
internal sealed class SchemaJson
{
    private const string PhysicalName = "delta.columnMapping.physicalName";
    private const string FieldId = "delta.columnMapping.id";
    private readonly ImmutableArray<(string, string)>.Builder _marks = ImmutableArray.CreateBuilder<(string, string)>();
    private readonly ImmutableHashSet<string>.Builder _voids = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, int>.Builder _ids = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
    private readonly string _where;

    private SchemaJson(string where) => _where = where;

    /// <exception cref="LeatException">LEAT3008 not such a schema; LEAT3011 a type that is not supported (names it and its column).</exception>
    public static TableSchema Read(string schemaString, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(schemaString);
            var reader = new SchemaJson(where);
            var columns = reader.ReadFields(json.RootElement, "", top: true);
            return new TableSchema(
                new Schema([.. columns.Select(c => c.Logical)]), new Schema([.. columns.Select(c => c.Physical)]),
                reader._voids.ToImmutable(), reader._ids.ToImmutable(), reader._marks.ToImmutable());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw LakeErrors.DamagedSchema(where, e);
        }
    }

    private List<(Field Logical, Field Physical)> ReadFields(JsonElement structType, string prefix, bool top)
    {
        var fields = new List<(Field, Field)>();
        foreach (var field in structType.GetProperty("fields").EnumerateArray())
        {
            var name = field.GetProperty("name").GetString() ?? "";
            var path = prefix + name;
            var physical = ReadMarks(field, path) ?? name;
            var nullable = !field.TryGetProperty("nullable", out var flag) || flag.GetBoolean();
            var type = field.GetProperty("type");
            if (top && type.ValueKind == JsonValueKind.String && type.GetString() is "void" or "null") _voids.Add(name);
            var (logicalType, physicalType) = ReadType(type, path);
            fields.Add((new Field(name, logicalType, nullable), new Field(physical, physicalType, nullable)));
        }
        return fields;
    }

    private string? ReadMarks(JsonElement field, string path)
    {
        string? physical = null;
        if (!field.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object) return null;
        foreach (var mark in metadata.EnumerateObject())
        {
            if (mark.Name == PhysicalName) physical = mark.Value.GetString();
            if (mark.Name == FieldId) _ids[path] = mark.Value.GetInt32();
            _marks.Add((mark.Name, path));
        }
        return physical;
    }

    private (DataType Logical, DataType Physical) ReadType(JsonElement type, string path)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            var primitive = Primitive(type.GetString()!, path);
            return (primitive, primitive);
        }
        switch (type.GetProperty("type").GetString())
        {
            case "struct":
                var fields = ReadFields(type, path + ".", top: false);
                return (DataType.Struct([.. fields.Select(f => f.Logical)]), DataType.Struct([.. fields.Select(f => f.Physical)]));
            case "array":
                var (element, physicalElement) = ReadType(type.GetProperty("elementType"), path + ".element");
                return (DataType.List(element), DataType.List(physicalElement));
            case "map":
                var (key, physicalKey) = ReadType(type.GetProperty("keyType"), path + ".key");
                var (value, physicalValue) = ReadType(type.GetProperty("valueType"), path + ".value");
                return (DataType.Map(key, value), DataType.Map(physicalKey, physicalValue));
            case var other:
                throw LakeErrors.UnsupportedType(other ?? "null", path, _where);
        }
    }

    private DataType Primitive(string name, string path) => name switch
    {
        "string" => DataType.Text,
        "long" => DataType.Int64,
        "integer" => DataType.Int32,
        "short" => DataType.Int16,
        "byte" => DataType.Int8,
        "float" => DataType.Float32,
        "double" => DataType.Float64,
        "boolean" => DataType.Boolean,
        "binary" => DataType.Blob,
        "date" => DataType.Date,
        "timestamp" => DataType.TimestampTz,
        "timestamp_ntz" => DataType.Timestamp,
        "decimal" => DataType.Decimal(10, 0),
        "void" or "null" => DataType.Int32,
        _ when name.StartsWith("decimal(", StringComparison.Ordinal) => ReadDecimal(name),
        _ => throw LakeErrors.UnsupportedType(name, path, _where),
    };

    private static DataType ReadDecimal(string name)
    {
        var parts = name["decimal(".Length..^1].Split(',');
        return DataType.Decimal(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
