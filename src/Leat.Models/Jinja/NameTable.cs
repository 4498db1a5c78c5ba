namespace Leat.Models.Jinja;

/// <summary>Names in a table, with others behind it.</summary>
internal sealed class NameTable(INames? behind = null) : INames
{
    private readonly Dictionary<string, object?> _names = new(StringComparer.Ordinal);

    public object? this[string name]
    {
        set => _names[name] = value;
    }

    public IEnumerable<string> Known => behind is null ? _names.Keys : _names.Keys.Concat(behind.Known);

    public bool TryGet(string name, out object? value) => _names.TryGetValue(name, out value) || (behind is not null && behind.TryGet(name, out value));
}
