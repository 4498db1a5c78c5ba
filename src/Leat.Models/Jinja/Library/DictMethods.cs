namespace Leat.Models.Jinja;

/// <summary>Methods of dict. Those that change the dict return None.</summary>
internal static class DictMethods
{
    public static Func<CallArguments, object?>? Find(PyDict dict, string name) => name switch
    {
        "get" => a => dict.TryGet(a.Need(0, "key", "get"), out var value) ? value : a.Get(1, "default"),
        "keys" => _ => PyView.Keys(dict),
        "values" => _ => PyView.Values(dict),
        "items" => _ => PyView.Items(dict),
        "update" => a => Update(dict, a),
        "pop" => a => Pop(dict, a),
        "popitem" => _ => PopItem(dict),
        "setdefault" => a => SetDefault(dict, a.Need(0, "key", "setdefault"), a.Get(1, "default")),
        "clear" => _ => Clear(dict),
        "copy" => _ => new PyDict(dict),
        "fromkeys" => a => new PyDict(PyIteration.Over(a.Need(0, "iterable", "fromkeys")).Select(k => KeyValuePair.Create(k, a.Get(1, "value")))),
        _ => null,
    };

    public static void Merge(PyDict into, object? from)
    {
        if (from is PyDict other)
        {
            foreach (var (key, value) in other.ToList()) into[key] = value;
            return;
        }
        foreach (var pair in PyIteration.Over(from))
        {
            var parts = PyIteration.Over(pair).ToList();
            if (parts.Count != 2) throw new JinjaError(ErrorKind.ValueError, $"dictionary update sequence element has length {parts.Count}; 2 is required", "give pairs of key and value");
            into[parts[0]] = parts[1];
        }
    }

    private static object? Update(PyDict dict, CallArguments arguments)
    {
        if (arguments.Count > 0) Merge(dict, arguments.Positional[0]);
        foreach (var (key, value) in arguments.Keywords) dict[key] = value;
        return null;
    }

    private static object? Pop(PyDict dict, CallArguments arguments)
    {
        var key = arguments.Need(0, "key", "pop");
        if (!dict.TryGet(key, out var value))
            return arguments.TryGet(1, "default", out var fallback) ? fallback : throw new JinjaError(ErrorKind.KeyError, PyText.Repr(key), "give pop() a default");
        dict.Remove(key);
        return value;
    }

    private static PyTuple PopItem(PyDict dict)
    {
        if (dict.Count == 0) throw new JinjaError(ErrorKind.KeyError, "'popitem(): dictionary is empty'", "test the length first");
        var (key, value) = dict.Last();
        dict.Remove(key);
        return new PyTuple(key, value);
    }

    private static object? SetDefault(PyDict dict, object? key, object? fallback)
    {
        if (dict.TryGet(key, out var value)) return value;
        dict[key] = fallback;
        return fallback;
    }

    private static object? Clear(PyDict dict)
    {
        dict.Clear();
        return null;
    }
}
