namespace Leat.Models.Jinja;

/// <summary>Iteration, length and membership.</summary>
internal static class PyIteration
{
    public static IEnumerable<object?> Over(object? value) => value switch
    {
        string text => text.Select(c => (object?)c.ToString()),
        PyDict dict => dict.Keys,
        IEnumerable<object?> items => items,
        Undefined => [],
        _ => throw new JinjaError(ErrorKind.TypeError, $"'{PyTypes.NameOf(value)}' object is not iterable", "give a list, dict or string"),
    };

    public static long Length(object? value) => value switch
    {
        string text => text.Length,
        PyList list => list.Count,
        PyTuple tuple => tuple.Count,
        PyDict dict => dict.Count,
        PySet set => set.Count,
        PyRange range => range.Count,
        PyView view => view.Count,
        Undefined => 0,
        PyObject other when other is IEnumerable<object?> items => items.LongCount(),
        _ => throw new JinjaError(ErrorKind.TypeError, $"object of type '{PyTypes.NameOf(value)}' has no len()", "give a list, dict or string"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        string text when item is string part => text.Contains(part, StringComparison.Ordinal),
        string => throw new JinjaError(ErrorKind.TypeError, $"'in <string>' requires string as left operand, not {PyTypes.NameOf(item)}", "compare strings with strings"),
        PyDict dict => dict.ContainsKey(item),
        PySet set => set.Contains(item),
        Undefined => false,
        IEnumerable<object?> items => items.Any(i => PyCompare.AreEqual(i, item)),
        _ => throw new JinjaError(ErrorKind.TypeError, $"argument of type '{PyTypes.NameOf(container)}' is not iterable", "give a list, dict or string on the right of 'in'"),
    };
}
