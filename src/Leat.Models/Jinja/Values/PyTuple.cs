using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>A Python tuple; compared and hashed by content.</summary>
internal sealed class PyTuple(params object?[] items) : IReadOnlyList<object?>
{
    public int Count => items.Length;

    public object? this[int index] => items[index];

    public object?[] Items => items;

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
