using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The name <c>api</c>: makes relations and columns.</summary>
internal static class ApiObject
{
    public static PyModule Create() => new("api", new()
    {
        ["Relation"] = new PyModule("Relation", new([PyModule.Function("create", a => new Relation(
            Part(a, 0, "database"), Part(a, 1, "schema"), Part(a, 2, "identifier"), a.Get(3, "type") is { } type ? PyText.Str(type) : null))])),
        ["Column"] = new PyModule("Column", new(
        [
            PyModule.Function("translate_type", a => Translate(a.Text(0, "dtype", "translate_type"))),
            PyModule.Function("create", a => Column(a.Text(0, "name", "create"), Translate(a.Text(1, "label_or_dtype", "create")))),
            PyModule.Function("string_type", a => "text"),
            PyModule.Function("numeric_type", a => $"{a.Text(0, "dtype", "numeric_type")}({a.Get(1, "precision")},{a.Get(2, "scale")})"),
        ]), a => Column(a.Text(0, "column", "Column"), a.Text(1, "dtype", "Column"))),
    });

    public static PyDict Column(string name, string type)
    {
        var kind = type.ToUpperInvariant();
        var isInteger = kind is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "INT";
        var isFloat = kind is "FLOAT" or "DOUBLE" or "REAL" or "FLOAT8";
        var isNumeric = kind.StartsWith("DECIMAL", StringComparison.Ordinal) || kind.StartsWith("NUMERIC", StringComparison.Ordinal);
        var isString = kind.StartsWith("VARCHAR", StringComparison.Ordinal) || kind is "TEXT";
        PyFunction Is(string member, bool answer) => new(member, _ => answer);
        return PyDict.Of(
            ("name", name), ("column", name), ("quoted", Relation.Quote(name)), ("dtype", type), ("data_type", type),
            ("is_string", Is("is_string", isString)), ("is_number", Is("is_number", isInteger || isFloat || isNumeric)), ("is_integer", Is("is_integer", isInteger)),
            ("is_float", Is("is_float", isFloat)), ("is_numeric", Is("is_numeric", isNumeric)), ("string_size", new PyFunction("string_size", _ => 256L)));
    }

    private static string Part(CallArguments arguments, int index, string name) => arguments.Get(index, name) is { } value and not Undefined ? PyText.Str(value) : "";

    private static string Translate(string type) => type.ToUpperInvariant() switch
    {
        "STRING" => "TEXT",
        "TIMESTAMP" => "TIMESTAMP",
        "FLOAT" => "FLOAT",
        "INTEGER" => "INT",
        "BOOLEAN" => "BOOLEAN",
        var other => other,
    };
}
