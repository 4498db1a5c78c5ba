namespace Leat.Models.Jinja;

/// <summary>x[a:b:c].</summary>
internal static class PySlice
{
    public static object? Of(object? target, object? start, object? stop, object? step)
    {
        switch (target)
        {
            case string text:
                return new string([.. Indexes(text.Length, start, stop, step).Select(i => text[i])]);
            case PyList list:
                return new PyList(Indexes(list.Count, start, stop, step).Select(i => list[i]));
            case PyTuple tuple:
                return new PyTuple([.. Indexes(tuple.Count, start, stop, step).Select(i => tuple[i])]);
            case PyRange range:
                return new PyList(Indexes((int)range.Count, start, stop, step).Select(i => range[i]));
            case Undefined missing:
                throw missing.Error();
            default:
                throw new JinjaError(ErrorKind.TypeError, $"'{PyTypes.NameOf(target)}' object is not subscriptable", "slice strings, lists and tuples only");
        }
    }

    private static IEnumerable<int> Indexes(int length, object? start, object? stop, object? step)
    {
        var by = step is null ? 1 : PyNumbers.ToLong(step);
        if (by == 0) throw new JinjaError(ErrorKind.ValueError, "slice step cannot be zero", "use a step other than 0");
        var from = Clamp(start, by > 0 ? 0 : length - 1, length, by);
        var to = Clamp(stop, by > 0 ? length : -1, length, by, isNone: stop is null);
        for (var i = from; by > 0 ? i < to : i > to; i += by) yield return (int)i;
    }

    private static long Clamp(object? bound, long fallback, int length, long step, bool isNone = false)
    {
        if (bound is null || isNone) return fallback;
        var value = PyNumbers.ToLong(bound);
        if (value < 0) value += length;
        return step > 0 ? Math.Clamp(value, 0, length) : Math.Clamp(value, -1, length - 1);
    }
}
