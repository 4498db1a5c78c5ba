using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>dict.keys(), .values(), .items(): live views that print as Python prints them.</summary>
internal sealed class PyView(string name, PyDict dict, Func<PyDict, IEnumerable<object?>> items) : IEnumerable<object?>
{
    public string Name => name;

    public int Count => dict.Count;

    public static PyView Keys(PyDict dict) => new("dict_keys", dict, d => d.Keys);

    public static PyView Values(PyDict dict) => new("dict_values", dict, d => d.Values);

    public static PyView Items(PyDict dict) => new("dict_items", dict, d => d.Select(p => (object?)new PyTuple(p.Key, p.Value)));

    public IEnumerator<object?> GetEnumerator() => items(dict).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
