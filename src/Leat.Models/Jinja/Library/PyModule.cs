namespace Leat.Models.Jinja;

/// <summary>A module or class: a name with members, callable when it is a class.</summary>
internal sealed class PyModule(string name, Dictionary<string, object?> members, Func<CallArguments, object?>? construct = null) : PyCallable
{
    public override string Name => name;

    public override string TypeName => construct is null ? "module" : "type";

    public override string Text => construct is null ? $"<module '{name}'>" : $"<class '{name}'>";

    public override bool TryMember(string name, out object? value) => members.TryGetValue(name, out value);

    public override bool TryItem(object? key, out object? value)
    {
        value = null;
        return key is string text && members.TryGetValue(text, out value);
    }

    public override object? Call(CallArguments arguments) =>
        construct is null ? throw new JinjaError(ErrorKind.TypeError, "'module' object is not callable", $"call a member of {name}") : construct(arguments);

    public static KeyValuePair<string, object?> Function(string name, Func<CallArguments, object?> body) => new(name, new PyFunction(name, body));
}
