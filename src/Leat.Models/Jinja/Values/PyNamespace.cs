namespace Leat.Models.Jinja;

/// <summary>namespace(): the only object whose members a template may set.</summary>
internal sealed class PyNamespace : PyObject
{
    private readonly PyDict _members = new();

    public PyNamespace(CallArguments arguments)
    {
        if (arguments.Count > 0 && arguments.Positional[0] is PyDict dict)
            foreach (var (key, value) in dict) _members[key] = value;
        foreach (var (key, value) in arguments.Keywords) _members[key] = value;
    }

    public override string TypeName => "Namespace";

    public override string Text => $"<Namespace {PyText.Repr(_members)}>";

    public void Set(string member, object? value) => _members[member] = value;

    public override bool TryMember(string name, out object? value) => _members.TryGet(name, out value);

    public override bool TryItem(object? key, out object? value) => _members.TryGet(key, out value);
}
