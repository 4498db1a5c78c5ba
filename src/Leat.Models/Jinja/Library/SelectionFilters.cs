namespace Leat.Models.Jinja;

/// <summary>map, select, reject, selectattr, rejectattr: lazy, as in Jinja.</summary>
internal static class SelectionFilters
{
    public static readonly Dictionary<string, Func<object?, CallArguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["map"] = Map,
        ["select"] = (v, a) => Select("select", v, a, false, true),
        ["reject"] = (v, a) => Select("reject", v, a, false, false),
        ["selectattr"] = (v, a) => Select("selectattr", v, a, true, true),
        ["rejectattr"] = (v, a) => Select("rejectattr", v, a, true, false),
    };

    private static PyGenerator Map(object? value, CallArguments arguments)
    {
        Func<object?, object?> convert;
        if (arguments.TryGet(-1, "attribute", out var attribute))
        {
            var fallback = arguments.Get(-1, "default");
            convert = item => PyMembers.Path(item, attribute, fallback);
        }
        else
        {
            var filter = Filters.Find(arguments.Text(0, "filter", "map"));
            var rest = arguments.Skip(1);
            convert = item => filter(item, rest);
        }
        return new PyGenerator("sync_do_map", PyIteration.Over(value).Select(convert));
    }

    private static PyGenerator Select(string name, object? value, CallArguments arguments, bool byAttribute, bool keep)
    {
        var attribute = byAttribute ? arguments.Need(0, "attribute", name) : null;
        var rest = byAttribute ? arguments.Skip(1) : arguments;
        Func<object?, bool> test = PyTruth.Of;
        if (rest.Count > 0)
        {
            var named = Tests.Find(rest.Text(0, "test", name));
            var operands = rest.Skip(1);
            test = item => named(item, operands);
        }
        bool Passes(object? item) => test(byAttribute ? PyMembers.Path(item, attribute) : item) == keep;
        return new PyGenerator("select_or_reject", PyIteration.Over(value).Where(Passes));
    }
}
