using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A package's name in a template: <c>dbt_utils.star</c>.</summary>
internal sealed class MacroNamespace(string package, MacroLibrary library, Func<CompiledMacro, PyMacro> bind) : PyObject
{
    public override string TypeName => "MacroNamespace";

    public override string Text => $"<macros of {package}>";

    public override bool TryMember(string name, out object? value)
    {
        var macro = library.In(package, name);
        if (macro is null && Core.Nearest.To(name, library.Names) is { } near)
        {
            value = new Undefined($"macro '{name}' is not in package '{package}'", () => $"use '{near}'");
            return true;
        }
        value = macro is null ? null : bind(macro);
        return macro is not null;
    }
}
