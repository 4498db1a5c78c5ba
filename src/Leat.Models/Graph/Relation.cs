using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A table or view as templates see it; prints as its quoted name.</summary>
internal sealed class Relation(string database, string schema, string identifier, string? kind = null) : PyObject
{
    public static readonly Relation None = new("", "", "");

    public string Database => database;

    public string Schema => schema;

    public string Identifier => identifier;

    /// <summary>"table", "view", "cte"; null = unknown.</summary>
    public string? Kind => kind;

    /// <summary>Read from another room when the statement runs: the lake, a view, a topic.</summary>
    public bool IsLive { get; init; }

    /// <summary>Stands in place of the name: a CTE, or a whole subquery.</summary>
    public string? Rendered { get; init; }

    public override string TypeName => "Relation";

    public override string Text => Rendered ?? string.Join('.', new[] { database, schema, identifier }.Where(p => p.Length > 0).Select(Quote));

    public override string Representation => $"<Relation {Text}>";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public Relation Named(string other) => new(database, schema, other, kind);

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "database" => database,
            "schema" => schema,
            "identifier" or "name" or "table" => identifier,
            "type" => kind,
            "is_table" => kind == "table",
            "is_view" => kind == "view",
            "is_cte" => kind == "cte",
            "render" => new PyFunction(name, _ => Text),
            "quote" => new PyFunction(name, _ => this),
            "include" => new PyFunction(name, Include),
            "incorporate" => new PyFunction(name, Incorporate),
            "without_identifier" => new PyFunction(name, _ => new Relation(database, schema, "")),
            "information_schema" => new PyFunction(name, _ => new Relation(database, "information_schema", "")),
            "replace_path" => new PyFunction(name, a => new Relation(PyText.Str(a.Get(-1, "database", database)), PyText.Str(a.Get(-1, "schema", schema)), PyText.Str(a.Get(-1, "identifier", identifier)), kind)),
            _ => this,
        };
        return !ReferenceEquals(value, this) || name == "quote";
    }

    public override bool Equals(object? obj) => obj is Relation other && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private Relation Include(CallArguments a) => new(
        a.Flag(0, "database", true) ? database : "", a.Flag(1, "schema", true) ? schema : "", a.Flag(2, "identifier", true) ? identifier : "", kind);

    private Relation Incorporate(CallArguments a)
    {
        var path = a.Get(-1, "path") as PyDict ?? new PyDict();
        return new Relation(path.Text("database") ?? database, path.Text("schema") ?? schema, path.Text("identifier") ?? identifier, a.TryGet(-1, "type", out var type) ? PyText.Str(type) : kind);
    }
}
