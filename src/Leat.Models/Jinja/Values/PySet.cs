using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>A Python set; keeps the order of insertion, so that renderings are the same each time.</summary>
internal sealed class PySet : IEnumerable<object?>
{
    private readonly PyDict _items = new();

    public PySet(IEnumerable<object?> items)
    {
        foreach (var item in items) _items[item] = null;
    }

    public int Count => _items.Count;

    public void Add(object? item) => _items[item] = null;

    public bool Remove(object? item) => _items.Remove(item);

    public bool Contains(object? item) => _items.ContainsKey(item);

    public IEnumerator<object?> GetEnumerator() => _items.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
