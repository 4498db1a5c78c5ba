using System.Collections.Frozen;

namespace Leat.Models.Jinja;

/// <summary>What stands behind <c>is</c>.</summary>
internal static class Tests
{
    private static readonly FrozenDictionary<string, Func<object?, CallArguments, bool>> Known = new Dictionary<string, Func<object?, CallArguments, bool>>(StringComparer.Ordinal)
    {
        ["defined"] = (v, _) => v is not Undefined,
        ["undefined"] = (v, _) => v is Undefined,
        ["none"] = (v, _) => v is null,
        ["string"] = (v, _) => v is string,
        ["number"] = (v, _) => PyTypes.IsNumber(v),
        ["integer"] = (v, _) => PyTypes.IsInteger(v),
        ["float"] = (v, _) => v is double,
        ["boolean"] = (v, _) => v is bool,
        ["true"] = (v, _) => v is true,
        ["false"] = (v, _) => v is false,
        ["mapping"] = (v, _) => v is PyDict,
        ["sequence"] = (v, _) => v is string or PyList or PyTuple or PyDict or PyRange,
        ["iterable"] = (v, _) => PyTypes.IsIterable(v),
        ["callable"] = (v, _) => v is PyCallable,
        ["odd"] = (v, _) => PyCompare.AreEqual(PyMath.Apply("%", v, 2L), 1L),
        ["even"] = (v, _) => PyCompare.AreEqual(PyMath.Apply("%", v, 2L), 0L),
        ["divisibleby"] = (v, a) => PyCompare.AreEqual(PyMath.Apply("%", v, a.Need(0, "num", "divisibleby")), 0L),
        ["sameas"] = (v, a) => a.Get(0, "other") is var other && (ReferenceEquals(v, other) || (v is long or string or bool && PyTypes.NameOf(v) == PyTypes.NameOf(other) && PyCompare.AreEqual(v, other))),
        ["lower"] = (v, _) => StringMethods.IsLower(PyText.Str(v)),
        ["upper"] = (v, _) => StringMethods.IsUpper(PyText.Str(v)),
        ["in"] = (v, a) => PyIteration.Contains(a.Need(0, "seq", "in"), v),
        ["filter"] = (v, _) => v is string name && Filters.Exists(name),
        ["test"] = (v, _) => v is string name && Exists(name),
        ["escaped"] = (_, _) => false,
        ["eq"] = Equal,
        ["equalto"] = Equal,
        ["=="] = Equal,
        ["ne"] = (v, a) => !Equal(v, a),
        ["!="] = (v, a) => !Equal(v, a),
        ["gt"] = (v, a) => Order(v, a, ">") > 0,
        ["greaterthan"] = (v, a) => Order(v, a, ">") > 0,
        [">"] = (v, a) => Order(v, a, ">") > 0,
        ["ge"] = (v, a) => Order(v, a, ">=") >= 0,
        [">="] = (v, a) => Order(v, a, ">=") >= 0,
        ["lt"] = (v, a) => Order(v, a, "<") < 0,
        ["lessthan"] = (v, a) => Order(v, a, "<") < 0,
        ["<"] = (v, a) => Order(v, a, "<") < 0,
        ["le"] = (v, a) => Order(v, a, "<=") <= 0,
        ["<="] = (v, a) => Order(v, a, "<=") <= 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys;

    public static bool Exists(string name) => Known.ContainsKey(name);

    public static Func<object?, CallArguments, bool> Find(string name) => Known.TryGetValue(name, out var test)
        ? test
        : throw new JinjaError(ErrorKind.TemplateRuntimeError, $"No test named {PyText.Repr(name)}.", "use a test that exists");

    private static bool Equal(object? value, CallArguments arguments) => PyCompare.AreEqual(value, arguments.Need(0, "other", "eq"));

    private static int Order(object? value, CallArguments arguments, string op) => PyCompare.Order(value, arguments.Need(0, "other", op), op);
}
