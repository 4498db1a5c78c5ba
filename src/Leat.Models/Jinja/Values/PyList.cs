namespace Leat.Models.Jinja;

/// <summary>A Python list.</summary>
internal sealed class PyList : List<object?>
{
    public PyList()
    {
    }

    public PyList(IEnumerable<object?> items)
        : base(items)
    {
    }
}
