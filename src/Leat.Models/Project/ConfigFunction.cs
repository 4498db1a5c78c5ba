using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>config(...) and config.get(...). While parsing it records, later it only reads.</summary>
internal sealed class ConfigFunction(PyDict config, PyDict? record) : PyCallable
{
    public override string Name => "config";

    public override object? Call(CallArguments arguments)
    {
        if (record is null) return "";
        var given = new PyDict(arguments.Keywords.Select(k => KeyValuePair.Create((object?)k.Key, k.Value)));
        if (arguments.Count > 0 && arguments.Positional[0] is PyDict dict) ConfigMerge.Into(record, dict);
        ConfigMerge.Into(record, given);
        return "";
    }

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "get" => new PyFunction(name, a => Find(a.Text(0, "name", name), out var found) ? found : a.Get(1, "default")),
            "require" => new PyFunction(name, Require),
            "meta_get" => new PyFunction(name, a => config.Dict("meta").TryGet(a.Get(0, "name"), out var found) ? found : a.Get(1, "default")),
            "persist_relation_docs" or "persist_column_docs" => new PyFunction(name, _ => false),
            "set" => new PyFunction(name, _ => ""),
            _ => null,
        };
        return value is not null || config.TryGet(name, out value);
    }

    private bool Find(string name, out object? value) => (record is not null && record.TryGet(name, out value)) || config.TryGet(name, out value);

    private object? Require(CallArguments arguments)
    {
        var name = arguments.Text(0, "name", "require");
        return Find(name, out var value) ? value : throw new JinjaError(ErrorKind.UndefinedError, $"the configuration '{name}' is required", $"add config({name}=...)");
    }
}
