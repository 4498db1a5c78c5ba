namespace Leat.Models.Jinja;

/// <summary>Methods of list and tuple. Those that change the list return None.</summary>
internal static class ListMethods
{
    public static readonly string[] Names = ["append", "extend", "insert", "remove", "pop", "clear", "index", "count", "sort", "reverse", "copy"];

    public static Func<CallArguments, object?>? Find(PyList list, string name) => name switch
    {
        "append" => a => Changed(() => list.Add(a.Need(0, "object", "append"))),
        "extend" => a => Changed(() => list.AddRange(PyIteration.Over(a.Need(0, "iterable", "extend")).ToList())),
        "insert" => a => Changed(() => list.Insert(Position(list, a.Integer(0, "index", 0)), a.Need(1, "object", "insert"))),
        "remove" => a => Changed(() => list.RemoveAt(IndexOf(list, a.Need(0, "value", "remove"), "list.remove(x): x not in list"))),
        "pop" => a => Pop(list, a.Integer(0, "index", -1)),
        "clear" => _ => Changed(list.Clear),
        "index" => a => (long)IndexOf(list, a.Need(0, "value", "index"), $"{PyText.Repr(a.Get(0, "value"))} is not in list"),
        "count" => a => (long)list.Count(i => PyCompare.AreEqual(i, a.Need(0, "value", "count"))),
        "sort" => a => Changed(() => Sort(list, a.Flag(-1, "reverse"), a.Get(-1, "key"))),
        "reverse" => _ => Changed(list.Reverse),
        "copy" => _ => new PyList(list),
        _ => null,
    };

    public static Func<CallArguments, object?>? FindTuple(PyTuple tuple, string name) => name switch
    {
        "index" => a => (long)IndexOf(tuple, a.Need(0, "value", "index"), "tuple.index(x): x not in tuple"),
        "count" => a => (long)tuple.Count(i => PyCompare.AreEqual(i, a.Need(0, "value", "count"))),
        _ => null,
    };

    private static object? Changed(Action action)
    {
        action();
        return null;
    }

    private static int Position(PyList list, long index) => (int)Math.Clamp(index < 0 ? index + list.Count : index, 0, list.Count);

    private static int IndexOf(IReadOnlyList<object?> items, object? value, string message)
    {
        for (var i = 0; i < items.Count; i++)
            if (PyCompare.AreEqual(items[i], value)) return i;
        throw new JinjaError(ErrorKind.ValueError, message, "test with 'in' first");
    }

    private static object? Pop(PyList list, long index)
    {
        var at = index < 0 ? index + list.Count : index;
        if (at < 0 || at >= list.Count) throw new JinjaError(ErrorKind.IndexError, list.Count == 0 ? "pop from empty list" : "pop index out of range", "test the length first");
        var value = list[(int)at];
        list.RemoveAt((int)at);
        return value;
    }

    private static void Sort(PyList list, bool reverse, object? key)
    {
        object? KeyOf(object? item) => key is null ? item : ExpressionCompiler.Invoke(key, CallArguments.Of(item));
        var order = Comparer<object?>.Create((a, b) => PyCompare.Order(a, b, "<"));
        var sorted = reverse ? list.OrderByDescending(KeyOf, order).ToList() : list.OrderBy(KeyOf, order).ToList();
        list.Clear();
        list.AddRange(sorted);
    }
}
