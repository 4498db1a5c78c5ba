namespace Leat.Models.Jinja;

/// <summary>x.y and x['y']. Names that begin with an underscore are out of reach.</summary>
internal static class PyMembers
{
    public static object? Attribute(object? target, string name)
    {
        if (target is Undefined missing) throw missing.Error();
        if (name.StartsWith('_') && target is not (PyDict or PyNamespace)) return new Undefined($"access to attribute '{name}' of '{PyTypes.NameOf(target)}' object is unsafe.");
        if (TryMember(target, name, out var value)) return value;
        return TryItem(target, name, out value) ? value : Undefined.Member(target, name);
    }

    public static object? Item(object? target, object? key)
    {
        if (target is Undefined missing) throw missing.Error();
        if (TryItem(target, key, out var value)) return value;
        if (key is string name && !name.StartsWith('_') && TryMember(target, name, out value)) return value;
        return Undefined.Item(target, key);
    }

    /// <summary>The path "a.b" or "0" of filters that take an attribute.</summary>
    public static object? Path(object? target, object? path, object? fallback = null)
    {
        if (path is long index) return OrFallback(Item(target, index), fallback);
        var current = target;
        foreach (var part in PyText.Str(path).Split('.'))
            current = OrFallback(long.TryParse(part, out var position) ? Item(current, position) : Item(current, part), fallback);
        return current;
    }

    public static string? Advice(object? target, string name)
    {
        IEnumerable<string> known = target switch
        {
            PyDict dict => dict.Keys.OfType<string>(),
            string => StringMethods.Names,
            PyList => ListMethods.Names,
            _ => [],
        };
        var nearest = Core.Nearest.To(name, known);
        return nearest is null ? null : $"use '{nearest}'";
    }

    private static object? OrFallback(object? value, object? fallback) => value is Undefined && fallback is not null ? fallback : value;

    private static bool TryMember(object? target, string name, out object? value)
    {
        Func<CallArguments, object?>? method = null;
        switch (target)
        {
            case PyObject other:
                return other.TryMember(name, out value);
            case string text:
                method = StringMethods.Find(text, name);
                break;
            case PyDict dict:
                method = DictMethods.Find(dict, name);
                break;
            case PyList list:
                method = ListMethods.Find(list, name);
                break;
            case PyTuple tuple:
                method = ListMethods.FindTuple(tuple, name);
                break;
            case PySet set:
                method = SetMethods.Find(set, name);
                break;
            case long or double or decimal or System.Numerics.BigInteger:
                method = NumberMethods.Find(target, name);
                break;
        }
        value = method is null ? null : new PyFunction(name, method);
        return method is not null;
    }

    private static bool TryItem(object? target, object? key, out object? value)
    {
        value = null;
        switch (target)
        {
            case PyDict dict:
                return dict.TryGet(key, out value);
            case PyObject other:
                return other.TryItem(key, out value);
            case PyList list when key is long or bool:
                return TryIndex(list.Count, key, i => list[i], out value);
            case PyTuple tuple when key is long or bool:
                return TryIndex(tuple.Count, key, i => tuple[i], out value);
            case string text when key is long or bool:
                return TryIndex(text.Length, key, i => text[i].ToString(), out value);
            case PyRange range when key is long or bool:
                return TryIndex((int)range.Count, key, i => range[i], out value);
            default:
                return false;
        }
    }

    private static bool TryIndex(int count, object key, Func<int, object?> read, out object? value)
    {
        var index = PyNumbers.ToLong(key);
        if (index < 0) index += count;
        var found = index >= 0 && index < count;
        value = found ? read((int)index) : null;
        return found;
    }
}
