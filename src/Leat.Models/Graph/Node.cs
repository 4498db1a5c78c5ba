using System.Collections.Immutable;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A model, seed, test or source. Filled by the loader, afterwards only read.</summary>
internal sealed class Node(ResourceType type, string package, string name, string path)
{
    public ResourceType Type => type;

    public string Package => package;

    public string Name => name;

    /// <summary>File relative to the project, with forward slashes.</summary>
    public string Path => path;

    /// <summary>"model.pkg.name".</summary>
    public string UniqueId { get; init; } = $"{type.ToString().ToLowerInvariant()}.{package}.{name}";

    /// <summary>Package, folders, name.</summary>
    public ImmutableArray<string> Fqn { get; init; } = [];

    /// <summary>Absolute path of the file.</summary>
    public string File { get; init; } = "";

    public JinjaTemplate? Template { get; init; }

    /// <summary>What YAML says about it: description, columns, meta, tests.</summary>
    public PyDict Patch { get; set; } = new();

    /// <summary>Where the YAML says so; null without.</summary>
    public string? PatchPlace { get; set; }

    /// <summary>Configuration after all precedence.</summary>
    public PyDict Config { get; set; } = new();

    /// <summary>config() in the file itself, as parsed.</summary>
    public PyDict InlineConfig { get; } = new();

    /// <summary>References as written, until they are resolved.</summary>
    public List<Reference> References { get; } = [];

    /// <summary>Unique ids of what it reads, in the order of first mention.</summary>
    public List<string> DependsOn { get; } = [];

    public Relation Relation { get; set; } = Relation.None;

    /// <summary>Set for generic tests.</summary>
    public GenericTest? Test { get; init; }

    public string Materialized => Config.Text("materialized") ?? (type == ResourceType.Seed ? "seed" : type == ResourceType.Test ? "test" : "view");

    public bool IsEphemeral => type == ResourceType.Model && Materialized == "ephemeral";

    public IEnumerable<string> Tags => Config.Texts("tags");

    public string ResourceName => type.ToString().ToLowerInvariant();

    /// <summary>What templates see as <c>model</c> and <c>node</c>.</summary>
    public PyDict ToDict() => PyDict.Of(
        ("name", name), ("alias", Relation.Identifier.Length == 0 ? name : Relation.Identifier), ("schema", Relation.Schema), ("database", Relation.Database),
        ("unique_id", UniqueId), ("resource_type", ResourceName), ("package_name", package), ("fqn", new PyList(Fqn)),
        ("path", path), ("original_file_path", path), ("config", Config), ("tags", new PyList(Tags)), ("meta", Config.Dict("meta")),
        ("description", Patch.Text("description") ?? ""), ("columns", ColumnDict()), ("raw_code", Template?.Source.Text ?? ""),
        ("depends_on", PyDict.Of(("nodes", new PyList(DependsOn)), ("macros", new PyList()))), ("relation_name", Relation.Text));

    private PyDict ColumnDict() => new(Patch.Dicts("columns").Select(c => KeyValuePair.Create((object?)c.Text("name"), (object?)c)));
}
