namespace Leat.Models.Jinja;

/// <summary>modules.itertools.</summary>
internal static class ItertoolsModule
{
    public static PyModule Create() => new("itertools", new(
    [
        PyModule.Function("chain", a => Lazy("chain", a.Positional.SelectMany(PyIteration.Over))),
        PyModule.Function("product", a => Lazy("product", Product(Repeated(a)).Select(Tuple))),
        PyModule.Function("combinations", a => Lazy("combinations", Combinations(Items(a), (int)a.Integer(1, "r", 0), 0).Select(Tuple))),
        PyModule.Function("permutations", a => Lazy("permutations", Permutations(Items(a), (int)a.Integer(1, "r", Items(a).Count)).Select(Tuple))),
        PyModule.Function("islice", a => Lazy("islice", Slice(a))),
        PyModule.Function("zip_longest", a => Lazy("zip_longest", ZipLongest([.. a.Positional.Select(p => PyIteration.Over(p).ToList())], a.Get(-1, "fillvalue")))),
        PyModule.Function("repeat", a => Lazy("repeat", Enumerable.Repeat(a.Need(0, "object", "repeat"), (int)a.Integer(1, "times", 1)))),
        PyModule.Function("accumulate", a => Lazy("accumulate", Accumulate(Items(a)))),
        PyModule.Function("compress", a => Lazy("compress", Items(a).Zip(PyIteration.Over(a.Need(1, "selectors", "compress"))).Where(p => PyTruth.Of(p.Second)).Select(p => p.First))),
    ]));

    private static PyGenerator Lazy(string name, IEnumerable<object?> items) => new(name, items);

    private static object? Tuple(IEnumerable<object?> items) => new PyTuple([.. items]);

    private static List<object?> Items(CallArguments arguments) => [.. PyIteration.Over(arguments.Need(0, "iterable", "itertools"))];

    private static List<List<object?>> Repeated(CallArguments arguments)
    {
        var pools = arguments.Positional.Select(p => PyIteration.Over(p).ToList()).ToList();
        return [.. Enumerable.Repeat(pools, (int)arguments.Integer(-1, "repeat", 1)).SelectMany(p => p)];
    }

    private static IEnumerable<IEnumerable<object?>> Product(List<List<object?>> pools) =>
        pools.Aggregate((IEnumerable<IEnumerable<object?>>)[[]], (heads, pool) => heads.SelectMany(_ => pool, (head, item) => head.Append(item)));

    private static IEnumerable<IEnumerable<object?>> Combinations(List<object?> items, int count, int from)
    {
        if (count == 0) return [[]];
        return Enumerable.Range(from, Math.Max(0, items.Count - from)).SelectMany(i => Combinations(items, count - 1, i + 1), (i, tail) => tail.Prepend(items[i]));
    }

    private static IEnumerable<IEnumerable<object?>> Permutations(List<object?> items, int count)
    {
        if (count == 0) return [[]];
        return Enumerable.Range(0, items.Count).SelectMany(i => Permutations([.. items.Where((_, at) => at != i)], count - 1), (i, tail) => tail.Prepend(items[i]));
    }

    private static IEnumerable<object?> Slice(CallArguments a)
    {
        var items = PyIteration.Over(a.Need(0, "iterable", "islice"));
        if (a.Count == 2) return items.Take((int)a.Integer(1, "stop", 0));
        var step = (int)a.Integer(3, "step", 1);
        var stop = a.Get(2, "stop") is null ? int.MaxValue : (int)a.Integer(2, "stop", 0);
        return items.Take(stop).Skip((int)a.Integer(1, "start", 0)).Where((_, i) => i % step == 0);
    }

    private static IEnumerable<object?> ZipLongest(List<object?>[] lists, object? fill)
    {
        var longest = lists.Length == 0 ? 0 : lists.Max(l => l.Count);
        return Enumerable.Range(0, longest).Select(i => (object?)new PyTuple([.. lists.Select(l => i < l.Count ? l[i] : fill)]));
    }

    private static IEnumerable<object?> Accumulate(List<object?> items)
    {
        object? total = null;
        for (var i = 0; i < items.Count; i++) yield return total = i == 0 ? items[0] : PyMath.Apply("+", total, items[i]);
    }
}
