namespace Leat.Models.Jinja;

/// <summary>Methods of set.</summary>
internal static class SetMethods
{
    public static Func<CallArguments, object?>? Find(PySet set, string name) => name switch
    {
        "add" => a => Changed(() => set.Add(a.Need(0, "elem", "add"))),
        "discard" or "remove" => a => Changed(() => set.Remove(a.Need(0, "elem", name))),
        "update" => a => Changed(() => PyIteration.Over(a.Need(0, "others", "update")).ToList().ForEach(set.Add)),
        "union" => a => new PySet(set.Concat(a.Positional.SelectMany(PyIteration.Over))),
        "intersection" => a => new PySet(set.Where(i => a.Positional.All(other => PyIteration.Contains(other, i)))),
        "difference" => a => new PySet(set.Where(i => !a.Positional.Any(other => PyIteration.Contains(other, i)))),
        "issubset" => a => set.All(i => PyIteration.Contains(a.Need(0, "other", name), i)),
        "issuperset" => a => PyIteration.Over(a.Need(0, "other", name)).All(set.Contains),
        "isdisjoint" => a => !PyIteration.Over(a.Need(0, "other", name)).Any(set.Contains),
        "copy" => _ => new PySet(set),
        _ => null,
    };

    private static object? Changed(Action action)
    {
        action();
        return null;
    }
}
