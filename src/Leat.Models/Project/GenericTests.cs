using System.Text.RegularExpressions;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Makes nodes of the tests in YAML, named as dbt names them.</summary>
internal static partial class GenericTests
{
    private static readonly string[] ConfigKeys = ["where", "severity", "warn_if", "error_if", "fail_calc", "limit", "store_failures", "store_failures_as", "tags", "enabled", "alias", "schema", "database", "meta"];

    [GeneratedRegex(@"^(env_var|ref|var|source|doc)\s*\(.+\)\s*$")]
    private static partial Regex Function { get; }

    public static Node Create(string package, GenericTest test, Regex notInNames)
    {
        var arguments = new PyDict(test.Arguments.Where(p => p.Key is not ("arguments" or "config" or "name" or "description") && !ConfigKeys.Contains(p.Key)));
        foreach (var (key, value) in test.Arguments.Dict("arguments")) arguments[key] = value;
        if (test.Column is not null) arguments["column_name"] = test.Column;
        var config = new PyDict(test.Arguments.Where(p => ConfigKeys.Contains(p.Key)));
        ConfigMerge.Into(config, test.Arguments.Dict("config"));
        var (shortName, fullName) = Names(test, arguments, notInNames);
        var given = test.Arguments.Text("name");
        var name = given ?? shortName;
        var hash = Convert.ToHexStringLower(BaseNames.Md5($"{fullName}|{PyText.Repr(arguments)}|{PyText.Repr(config)}"))[^10..];
        var node = new Node(ResourceType.Test, package, name, test.Place.Split(':')[0])
        {
            UniqueId = $"test.{package}.{name}.{hash}",
            Fqn = [.. test.Subject.Fqn[..^1], name],
            Test = test with { Arguments = arguments },
            Template = JinjaTemplate.Parse(new SourceText(test.Place.Split(':')[0], Code(test))),
        };
        ConfigMerge.Into(node.InlineConfig, config);
        return node;
    }

    /// <summary>Arguments as values: strings are rendered, and ref('x') counts as a call.</summary>
    public static PyDict Rendered(GenericTest test, INames names) => new(test.Arguments.Select(p => KeyValuePair.Create(p.Key, Render(p.Value, names))));

    private static object? Render(object? value, INames names) => value switch
    {
        PyDict dict => new PyDict(dict.Select(p => KeyValuePair.Create(p.Key, Render(p.Value, names)))),
        PyList list => new PyList(list.Select(v => Render(v, names))),
        string text when Function.IsMatch(text) => JinjaTemplate.Parse(new SourceText("test", "{{ " + text + " }}")).Evaluate(names),
        string text when text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) => JinjaTemplate.Parse(new SourceText("test", text)).Evaluate(names),
        _ => value,
    };

    private static string Code(GenericTest test)
    {
        var dot = test.Kind.IndexOf('.', StringComparison.Ordinal);
        var macro = dot < 0 ? "test_" + test.Kind : test.Kind[..dot] + ".test_" + test.Kind[(dot + 1)..];
        var subject = test.Subject.Type == ResourceType.Source
            ? $"source('{test.Subject.Name.Replace(".", "', '", StringComparison.Ordinal)}')"
            : $"ref('{test.Subject.Package}', '{test.Subject.Name}')";
        return $"{{{{ {macro}(model=get_where_subquery({subject}), **leat_test_arguments) }}}}";
    }

    private static (string Short, string Full) Names(GenericTest test, PyDict arguments, Regex notInNames)
    {
        var kind = test.Kind.Replace('.', '_');
        var subject = test.Subject.Type == ResourceType.Source ? "source_" + kind + "_" + test.Subject.Name.Replace('.', '_') : kind + "_" + test.Subject.Name;
        var parts = arguments.OrderBy(p => PyText.Str(p.Key), StringComparer.Ordinal).Where(p => p.Key is not "model").SelectMany(p => p.Value switch
        {
            PyList list => list.Select(PyText.Str),
            PyDict dict => dict.Values.Select(PyText.Str),
            var single => [PyText.Str(single)],
        });
        var full = $"{subject}_{string.Join("__", parts.Select(p => notInNames.Replace(p, "_")))}";
        return (full.Length < 64 ? full : $"{subject[..Math.Min(30, subject.Length)]}_{Convert.ToHexStringLower(BaseNames.Md5(full))}", full);
    }
}
