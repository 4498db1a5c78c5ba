using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>A Python dict: keys keep the order of insertion; None may be a key.</summary>
internal sealed class PyDict : IEnumerable<KeyValuePair<object?, object?>>
{
    /// <summary>Stands for None inside the table.</summary>
    public static readonly object NoneKey = new();

    private readonly OrderedDictionary<object, object?> _items = new(PyKeyComparer.Instance);

    public PyDict()
    {
    }

    public PyDict(IEnumerable<KeyValuePair<object?, object?>> items)
    {
        foreach (var (key, value) in items) this[key] = value;
    }

    public int Count => _items.Count;

    public IEnumerable<object?> Keys => _items.Keys.Select(k => k == NoneKey ? null : k);

    public IEnumerable<object?> Values => _items.Values;

    public object? this[object? key]
    {
        get => _items[key ?? NoneKey];
        set => _items[key ?? NoneKey] = value;
    }

    public static PyDict Of(params ReadOnlySpan<(string Key, object? Value)> items)
    {
        var dict = new PyDict();
        foreach (var (key, value) in items) dict[key] = value;
        return dict;
    }

    public bool TryGet(object? key, out object? value) => _items.TryGetValue(key ?? NoneKey, out value);

    public object? GetOrNull(string key) => TryGet(key, out var value) ? value : null;

    public bool ContainsKey(object? key) => _items.ContainsKey(key ?? NoneKey);

    public bool Remove(object? key) => _items.Remove(key ?? NoneKey);

    public void Clear() => _items.Clear();

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in _items) yield return new KeyValuePair<object?, object?>(key == NoneKey ? null : key, value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
