using System.Globalization;
using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Makes the names that templates of a project see.</summary>
internal sealed class ContextNames(ProjectGraph graph, Invocation invocation)
{
    private readonly PyModule _exceptions = Exceptions.Create(invocation.BaseNames);
    private readonly PyModule _api = ApiObject.Create();
    private readonly NameTable _shared = Shared(graph, invocation);

    /// <summary>For dbt_project.yml, profiles and YAML properties: var, env_var, target.</summary>
    public static NameTable ForYaml(Invocation invocation, IEnumerable<DbtProjectFile> projects, string package, TargetSettings? target)
    {
        var names = new NameTable(invocation.BaseNames);
        names["var"] = new VarFunction(invocation.Vars, projects, package, strict: true);
        names["env_var"] = EnvVar;
        if (target is not null) names["target"] = target.ToDict();
        return names;
    }

    /// <summary>For the parse phase: execute is false; ref, source and config are written down in the node.</summary>
    public NodeNames ForParsing(Node node)
    {
        var names = Common(node, execute: false);
        names["config"] = new ConfigFunction(node.Config, node.InlineConfig);
        names["ref"] = new PyFunction("ref", a => Note(node, ModelReference(a)));
        names["source"] = new PyFunction("source", a => Note(node, SourceReference(a)));
        names["leat_statement"] = new PyFunction("leat_statement", _ => "");
        names["load_result"] = new PyFunction("load_result", _ => null);
        return Finish(names, node, new AdapterObject(graph, node.Package, null));
    }

    /// <summary>For compiling and running: execute is true and references become relations.</summary>
    public NodeNames ForRunning(Node node, IWarehouseQueries? warehouse)
    {
        var names = Common(node, execute: true);
        names["config"] = new ConfigFunction(node.Config, null);
        names["ref"] = new PyFunction("ref", a => Read(node, ModelReference(a)));
        names["source"] = new PyFunction("source", a => Read(node, SourceReference(a)));
        var results = new StatementResults(warehouse);
        names["leat_statement"] = new PyFunction("leat_statement", results.Run);
        names["load_result"] = new PyFunction("load_result", results.Load);
        return Finish(names, node, new AdapterObject(graph, node.Package, warehouse));
    }

    private static readonly string[] Originals = ["ref", "source", "config"];

    private static readonly PyFunction EnvVar = new("env_var", a =>
    {
        var name = a.Text(0, "var", "env_var");
        if (Environment.GetEnvironmentVariable(name) is { } value) return value;
        return a.TryGet(1, "default", out var fallback) ? fallback : throw new JinjaError(ErrorKind.UndefinedError, $"environment variable '{name}' is not set", $"set it, or give a default: env_var('{name}', '...')");
    });

    /// <summary>What is the same for all nodes.</summary>
    private static NameTable Shared(ProjectGraph graph, Invocation invocation)
    {
        var names = new NameTable(invocation.BaseNames);
        names["env_var"] = EnvVar;
        names["target"] = graph.Target.ToDict();
        names["project_name"] = graph.Root.Name;
        names["dbt_version"] = "1.12.0";
        names["invocation_id"] = invocation.Id;
        names["run_started_at"] = DateTimeModule.Utc(invocation.StartedAt);
        names["flags"] = PyDict.Of(("WHICH", invocation.Verb), ("FULL_REFRESH", invocation.FullRefresh), ("STORE_FAILURES", false), ("EMPTY", false));
        names["doc"] = new PyFunction("doc", _ => "");
        names["selected_resources"] = new PyList();
        names["graph"] = PyDict.Of(("nodes", new PyDict()), ("sources", new PyDict()));
        names["context"] = new PyModule("context", []);
        return names;
    }

    private NameTable Common(Node node, bool execute)
    {
        var names = new NameTable(_shared);
        names["var"] = new VarFunction(invocation.Vars, graph.Packages, node.Package, execute);
        names["execute"] = execute;
        names["this"] = node.Relation;
        names["model"] = node.ToDict();
        names["database"] = node.Relation.Database;
        names["schema"] = node.Relation.Schema;
        names["exceptions"] = _exceptions;
        names["api"] = _api;
        return names;
    }

    private NodeNames Finish(NameTable names, Node node, AdapterObject adapter)
    {
        var context = new NodeNames(graph.Macros, node.Package, names);
        adapter.Bind = context.Bind;
        names["adapter"] = adapter;
        names["builtins"] = new PyModule("builtins", new(Originals.Select(n => KeyValuePair.Create(n, names.TryGet(n, out var value) ? value : null))));
        names["render"] = new PyFunction("render", a => JinjaTemplate.Parse(new SourceText(node.Path, a.Text(0, "string", "render"))).RenderUnguarded(new Scope(context), false).Text);
        return context;
    }

    private static Reference.ToModel ModelReference(CallArguments a) => a.Count switch
    {
        1 => new Reference.ToModel(null, PyText.Str(a.Positional[0])),
        2 => new Reference.ToModel(PyText.Str(a.Positional[0]), PyText.Str(a.Positional[1])),
        _ => throw new JinjaError(ErrorKind.CompilationError, string.Create(CultureInfo.InvariantCulture, $"ref() takes one or two arguments, not {a.Count}"), "write ref('model') or ref('package', 'model')"),
    };

    private static Reference.ToSource SourceReference(CallArguments a) => a.Count == 2
        ? new Reference.ToSource(PyText.Str(a.Positional[0]), PyText.Str(a.Positional[1]))
        : throw new JinjaError(ErrorKind.CompilationError, string.Create(CultureInfo.InvariantCulture, $"source() takes two arguments, not {a.Count}"), "write source('source', 'table')");

    private static Relation Note(Node node, Reference reference)
    {
        if (!node.References.Contains(reference)) node.References.Add(reference);
        return new Relation("", "", reference is Reference.ToModel model ? model.Name : ((Reference.ToSource)reference).Table);
    }

    private Relation Read(Node node, Reference reference)
    {
        var found = graph.Resolve(reference, node);
        if (node.DependsOn.Contains(found.UniqueId)) return found.Relation;
        var written = reference is Reference.ToModel model ? $"ref('{model.Name}')" : $"source('{found.Name.Replace(".", "', '", StringComparison.Ordinal)}')";
        throw new LeatException("LEAT4017", $"'{node.Name}' uses {written}, but this could not be seen while parsing (it stands behind execute or in a run-time branch)", node.Path, $"add a line to the model: -- depends_on: {{{{ {written} }}}}");
    }
}
