using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>var(name, default): from --vars, else the root project's vars for the package, its global vars, the package's own.</summary>
internal sealed class VarFunction(PyDict given, IEnumerable<DbtProjectFile> projects, string package, bool strict) : PyCallable
{
    public override string Name => "var";

    public override bool TryMember(string name, out object? value)
    {
        value = name == "has_var" ? new PyFunction(name, a => TryFind(a.Text(0, "var_name", name), out _)) : null;
        return value is not null;
    }

    public override object? Call(CallArguments arguments)
    {
        var name = arguments.Text(0, "var_name", "var");
        if (TryFind(name, out var value)) return value;
        if (arguments.TryGet(1, "default", out var fallback)) return fallback;
        if (!strict) return null;
        var nearest = Nearest.To(name, projects.SelectMany(p => p.Vars.Keys).OfType<string>());
        throw new JinjaError(ErrorKind.UndefinedError, $"required variable '{name}' is not set", nearest is null ? $"set it under vars: in dbt_project.yml, with --vars, or give a default: var('{name}', ...)" : $"use var('{nearest}')");
    }

    private bool TryFind(string name, out object? value)
    {
        if (given.TryGet(name, out value)) return true;
        foreach (var project in projects)
        {
            if (project.Vars.GetOrNull(package) is PyDict scoped && scoped.TryGet(name, out value)) return true;
            if (project.Vars.TryGet(name, out value) && !(value is PyDict && projects.Any(p => p.Name == name))) return true;
        }
        return false;
    }
}
