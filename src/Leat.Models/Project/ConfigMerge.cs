using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Merges configuration: tags and hooks append, meta and the like merge, the rest is replaced.</summary>
internal static class ConfigMerge
{
    public static void Into(PyDict config, PyDict more)
    {
        foreach (var (rawKey, value) in more)
        {
            var key = PyText.Str(rawKey).TrimStart('+').Replace('-', '_');
            config[key] = key switch
            {
                "tags" => new PyList(config.Items(key).Concat(more.Items(PyText.Str(rawKey))).Distinct()),
                "pre_hook" or "post_hook" => new PyList(config.Items(key).Concat(more.Items(PyText.Str(rawKey)))),
                "meta" or "column_types" or "quoting" or "docs" or "contract" or "persist_docs" when value is PyDict added => Merged(config.Dict(key), added),
                _ => value,
            };
        }
    }

    /// <summary>Configuration of a tree in dbt_project.yml for a node: the root's, then each folder's, deeper ones winning.</summary>
    public static void FromTree(PyDict config, PyDict tree, IReadOnlyList<string> fqn)
    {
        PyDict? level = tree;
        for (var depth = 0; level is not null; depth++)
        {
            var here = level;
            Into(config, new PyDict(here.Where(p => IsConfig(p.Key, p.Value, depth == 0))));
            level = depth < fqn.Count ? here.GetOrNull(fqn[depth]) as PyDict : null;
        }
    }

    private static bool IsConfig(object? key, object? value, bool top)
    {
        var name = PyText.Str(key);
        if (name.StartsWith('+')) return true;
        return value is not PyDict && (!top || name is "materialized" or "enabled" or "schema" or "tags");
    }

    private static PyDict Merged(PyDict into, PyDict more)
    {
        var merged = new PyDict(into);
        foreach (var (key, value) in more) merged[key] = value;
        return merged;
    }
}
