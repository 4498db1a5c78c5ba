using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The name <c>exceptions</c>.</summary>
internal static class Exceptions
{
    public static PyModule Create(NameTable baseNames)
    {
        static object? Raise(CallArguments a) => throw new JinjaError(ErrorKind.CompilationError, PyText.Str(a.Get(0, "msg", "")));
        object? Warn(CallArguments a)
        {
            if (baseNames.TryGet("log", out var log)) ((PyCallable)log!).Call(CallArguments.Of($"warning: {PyText.Str(a.Get(0, "msg", ""))}", true));
            return "";
        }
        string[] raising = ["raise_compiler_error", "raise_not_implemented", "relation_wrong_type", "raise_contract_error", "column_type_missing", "raise_dependency_error", "raise_database_error", "missing_config", "missing_relation", "raise_duplicate_macro_name"];
        var members = new Dictionary<string, object?>(raising.Select(name => PyModule.Function(name, Raise)), StringComparer.Ordinal);
        members["warn"] = new PyFunction("warn", Warn);
        return new PyModule("exceptions", members);
    }
}
