using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>A lazy sequence, consumed once: what map, select and their kin return.</summary>
internal sealed class PyGenerator(string name, IEnumerable<object?> items) : IEnumerable<object?>
{
    private IEnumerator<object?>? _rest;

    public string Name => name;

    public IEnumerator<object?> GetEnumerator()
    {
        _rest ??= items.GetEnumerator();
        while (_rest.MoveNext()) yield return _rest.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
