namespace Leat.Models.Jinja;

/// <summary>Filters on lists and dicts as a whole.</summary>
internal static class SequenceFilters
{
    public static readonly Dictionary<string, Func<object?, CallArguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["length"] = (v, _) => PyIteration.Length(v),
        ["count"] = (v, _) => PyIteration.Length(v),
        ["list"] = (v, _) => new PyList(PyIteration.Over(v)),
        ["join"] = (v, a) => string.Join(PyText.Str(a.Get(0, "d", "")), Keyed(v, a.Get(1, "attribute")).Select(PyText.Str)),
        ["first"] = (v, _) => PyIteration.Over(v).FirstOrDefault(new Undefined("No first item, sequence was empty.")),
        ["last"] = (v, _) => PyIteration.Over(v).LastOrDefault(new Undefined("No last item, sequence was empty.")),
        ["random"] = (v, _) => PyIteration.Over(v).FirstOrDefault(new Undefined("No random item, sequence was empty.")),
        ["reverse"] = (v, _) => v is string text ? new string([.. text.Reverse()]) : new PyGenerator("reverse", PyIteration.Over(v).Reverse()),
        ["sum"] = (v, a) => Keyed(v, a.Get(0, "attribute")).Aggregate(a.Get(1, "start", 0L), (total, item) => PyMath.Apply("+", total, item)),
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["max"] = (v, a) => Extreme(v, a, 1),
        ["min"] = (v, a) => Extreme(v, a, -1),
        ["batch"] = (v, a) => new PyGenerator("do_batch", Batch(PyIteration.Over(v), (int)a.Integer(0, "linecount", 1), a.Get(1, "fill_with"))),
        ["slice"] = (v, a) => new PyGenerator("do_slice", Slice([.. PyIteration.Over(v)], (int)a.Integer(0, "slices", 1), a.Get(1, "fill_with"))),
        ["groupby"] = GroupBy,
        ["dictsort"] = DictSort,
        ["items"] = (v, _) => v is PyDict dict ? new PyGenerator("do_items", PyView.Items(dict)) : new PyList(),
        ["is_list"] = (v, _) => v is PyList,
    };

    public static object? Folded(object? value) => value is string text ? text.ToLowerInvariant() : value;

    private static Comparer<object?> Order { get; } = Comparer<object?>.Create((a, b) => PyCompare.Order(a, b, "<"));

    private static IEnumerable<object?> Keyed(object? value, object? attribute) =>
        attribute is null ? PyIteration.Over(value) : PyIteration.Over(value).Select(item => PyMembers.Path(item, attribute));

    private static Func<object?, object?> Key(object? attribute, bool caseSensitive)
    {
        if (attribute is string paths && paths.Contains(',', StringComparison.Ordinal))
            return item => new PyTuple([.. paths.Split(',').Select(path => Fold(PyMembers.Path(item, path.Trim()), caseSensitive))]);
        return item => Fold(attribute is null ? item : PyMembers.Path(item, attribute), caseSensitive);
    }

    private static object? Fold(object? value, bool caseSensitive) => caseSensitive ? value : Folded(value);

    private static PyList Sort(object? value, CallArguments arguments)
    {
        var key = Key(arguments.Get(2, "attribute"), arguments.Flag(1, "case_sensitive"));
        var items = PyIteration.Over(value).ToList();
        return new PyList(arguments.Flag(0, "reverse") ? items.OrderByDescending(key, Order) : items.OrderBy(key, Order));
    }

    private static PyGenerator Unique(object? value, CallArguments arguments)
    {
        var key = Key(arguments.Get(1, "attribute"), arguments.Flag(0, "case_sensitive"));
        return new PyGenerator("do_unique", PyIteration.Over(value).DistinctBy(item => key(item) ?? PyDict.NoneKey, PyKeyComparer.Instance));
    }

    private static object? Extreme(object? value, CallArguments arguments, int sign)
    {
        var key = Key(arguments.Get(1, "attribute"), arguments.Flag(0, "case_sensitive"));
        var items = PyIteration.Over(value).ToList();
        if (items.Count == 0) return new Undefined("No aggregated item, sequence was empty.");
        return items.Aggregate((best, item) => sign * PyCompare.Order(key(item), key(best), "<") > 0 ? item : best);
    }

    private static IEnumerable<object?> Batch(IEnumerable<object?> items, int size, object? fill)
    {
        foreach (var chunk in items.Chunk(Math.Max(1, size)))
        {
            var batch = new PyList(chunk);
            while (fill is not null && batch.Count < size) batch.Add(fill);
            yield return batch;
        }
    }

    private static IEnumerable<object?> Slice(List<object?> items, int slices, object? fill)
    {
        var (size, longer) = Math.DivRem(items.Count, Math.Max(1, slices));
        var at = 0;
        for (var i = 0; i < slices; i++)
        {
            var count = size + (i < longer ? 1 : 0);
            var slice = new PyList(items.Skip(at).Take(count));
            if (fill is not null && longer > 0 && i >= longer) slice.Add(fill);
            at += count;
            yield return slice;
        }
    }

    private static PyList GroupBy(object? value, CallArguments arguments)
    {
        var attribute = arguments.Need(0, "attribute", "groupby");
        var fallback = arguments.Get(1, "default");
        object? Of(object? item) => PyMembers.Path(item, attribute, fallback);
        var caseSensitive = arguments.Flag(2, "case_sensitive");
        var groups = PyIteration.Over(value).OrderBy(item => Fold(Of(item), caseSensitive), Order)
            .GroupBy(item => Fold(Of(item), caseSensitive) ?? PyDict.NoneKey, PyKeyComparer.Instance);
        return new PyList(groups.Select(group => new PyTuple(Of(group.First()), new PyList(group))));
    }

    private static PyList DictSort(object? value, CallArguments arguments)
    {
        if (value is not PyDict dict) throw new JinjaError(ErrorKind.TypeError, $"dictsort needs a dict, not '{PyTypes.NameOf(value)}'", "give a dict");
        var caseSensitive = arguments.Flag(0, "case_sensitive");
        var byValue = PyText.Str(arguments.Get(1, "by", "key")) == "value";
        object? Of(KeyValuePair<object?, object?> pair) => Fold(byValue ? pair.Value : pair.Key, caseSensitive);
        var sorted = arguments.Flag(2, "reverse") ? dict.OrderByDescending(Of, Order) : dict.OrderBy(Of, Order);
        return new PyList(sorted.Select(p => new PyTuple(p.Key, p.Value)));
    }
}
