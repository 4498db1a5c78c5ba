using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Leat.Models.Jinja;

/// <summary>The names every template has: Jinja's globals and those of dbt that need no project.</summary>
internal static class BaseNames
{
    /// <param name="time">Clock of modules.datetime.</param>
    /// <param name="log">Takes messages of log() and print().</param>
    public static NameTable Create(TimeProvider time, Action<string, bool> log)
    {
        var names = new NameTable();
        void Add(string name, Func<CallArguments, object?> body) => names[name] = new PyFunction(name, body);
        Add("namespace", a => new PyNamespace(a));
        Add("range", Range);
        Add("dict", a => Dict(a));
        Add("lipsum", _ => "");
        Add("return", a => throw new ReturnSignal(a.Get(0, "data")));
        Add("log", a => Log(log, a.Text(0, "msg", "log"), a.Flag(1, "info")));
        Add("print", a => Log(log, a.Text(0, "msg", "print"), true));
        Add("fromjson", FromJson);
        Add("tojson", a => ToJson(a));
        Add("set", a => Fallback(a, () => new PySet(PyIteration.Over(a.Need(0, "value", "set")))));
        Add("set_strict", a => new PySet(PyIteration.Over(a.Need(0, "value", "set_strict"))));
        Add("zip", Zip);
        Add("zip_strict", Zip);
        Add("local_md5", a => Convert.ToHexStringLower(Md5(a.Text(0, "value", "local_md5"))));
        Add("diff_of_two_dicts", DiffOfTwoDicts);
        names["modules"] = new PyModule("modules", new()
        {
            ["datetime"] = DateTimeModule.Create(time),
            ["pytz"] = DateTimeModule.CreatePytz(),
            ["re"] = RegexModule.Create(),
            ["itertools"] = ItertoolsModule.Create(),
        });
        return names;
    }

    // dbt's local_md5 and test names are MD5 by definition; nothing here is about security.
#pragma warning disable CA5351
    public static byte[] Md5(string text) => MD5.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5351

    private static object? Log(Action<string, bool> log, string message, bool info)
    {
        log(message, info);
        return "";
    }

    private static PyRange Range(CallArguments a)
    {
        if (a.Count == 1) return new PyRange(0, a.Integer(0, "stop", 0), 1);
        var step = a.Integer(2, "step", 1);
        return step == 0 ? throw new JinjaError(ErrorKind.ValueError, "range() arg 3 must not be zero", "use a step other than 0") : new PyRange(a.Integer(0, "start", 0), a.Integer(1, "stop", 0), step);
    }

    private static PyDict Dict(CallArguments arguments)
    {
        var dict = new PyDict();
        if (arguments.Count > 0) DictMethods.Merge(dict, arguments.Positional[0]);
        foreach (var (key, value) in arguments.Keywords) dict[key] = value;
        return dict;
    }

    private static object? FromJson(CallArguments arguments)
    {
        try
        {
            return PyJson.Read(arguments.Text(0, "string", "fromjson"));
        }
        catch (JsonException)
        {
            return arguments.Get(1, "default");
        }
    }

    private static object? ToJson(CallArguments a) => Fallback(a, () => PyJson.Write(a.Need(0, "value", "tojson"), a.Flag(2, "sort_keys")));

    private static object? Fallback(CallArguments arguments, Func<object?> make)
    {
        try
        {
            return make();
        }
        catch (JinjaError error) when (error.Kind == ErrorKind.TypeError)
        {
            return arguments.Get(1, "default");
        }
    }

    private static object? Zip(CallArguments arguments)
    {
        var lists = arguments.Positional.Select(p => PyIteration.Over(p).ToList()).ToArray();
        var count = lists.Length == 0 ? 0 : lists.Min(l => l.Count);
        return new PyGenerator("zip", Enumerable.Range(0, count).Select(i => (object?)new PyTuple([.. lists.Select(l => l[i])])));
    }

    private static object? DiffOfTwoDicts(CallArguments arguments)
    {
        var (left, right) = ((PyDict)arguments.Need(0, "dict_a", "diff_of_two_dicts")!, (PyDict)arguments.Need(1, "dict_b", "diff_of_two_dicts")!);
        var difference = new PyDict();
        foreach (var (key, values) in left)
        {
            var missing = new PyList(PyIteration.Over(values).Where(v => !right.TryGet(key, out var others) || !PyIteration.Contains(others, v)));
            if (missing.Count > 0) difference[key] = missing;
        }
        return difference;
    }
}
