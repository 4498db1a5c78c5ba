using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>All macros by package, with dbt's order of lookup: the node's own package, the root project, built-ins.</summary>
internal sealed class MacroLibrary(string rootPackage)
{
    public const string BuiltIn = "dbt";

    private readonly Dictionary<string, Dictionary<string, CompiledMacro>> _packages = new(StringComparer.Ordinal) { [BuiltIn] = new(StringComparer.Ordinal) };

    public IEnumerable<string> Packages => _packages.Keys;

    public IEnumerable<string> Names => _packages.Values.SelectMany(p => p.Keys);

    public static MacroLibrary WithBuiltIns(string rootPackage)
    {
        var library = new MacroLibrary(rootPackage);
        var assembly = typeof(MacroLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Builtins/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            library.Add(BuiltIn, new SourceText(name, reader.ReadToEnd()));
        }
        return library;
    }

    /// <summary>Adds the macros of a file.</summary>
    /// <exception cref="LeatException">LEAT4001 syntax; LEAT4013 the package has two macros of one name.</exception>
    public void Add(string package, SourceText source)
    {
        if (!_packages.TryGetValue(package, out var macros)) _packages[package] = macros = new(StringComparer.Ordinal);
        foreach (var macro in JinjaTemplate.Parse(source).Macros())
        {
            if (!macros.TryAdd(macro.Name, macro))
                throw new LeatException("LEAT4013", $"macro '{macro.Name}' is defined twice in package '{package}'", $"{source.Path} and {macros[macro.Name].Source.Path}", "rename or remove one");
        }
    }

    public CompiledMacro? Find(string package, string name) =>
        In(package, name) ?? In(rootPackage, name) ?? In(BuiltIn, name);

    public CompiledMacro? In(string package, string name) => _packages.TryGetValue(package, out var macros) ? macros.GetValueOrDefault(name) : null;

    public bool HasPackage(string name) => _packages.ContainsKey(name);

    /// <summary>adapter.dispatch: the adapter's version of a macro, else the default one.</summary>
    public CompiledMacro? Dispatch(string nodePackage, string name, string? space, IReadOnlyList<string>? searchOrder)
    {
        var packages = searchOrder ?? (space is not null && HasPackage(space) ? [rootPackage, space] : null);
        foreach (var prefix in new[] { "duckdb__", "default__" })
            if (packages is null && Find(nodePackage, prefix + name) is { } plain) return plain;
        if (packages is null) return null;
        return packages.SelectMany(package => new[] { In(package, "duckdb__" + name), In(package, "default__" + name) }).FirstOrDefault(found => found is not null);
    }
}
