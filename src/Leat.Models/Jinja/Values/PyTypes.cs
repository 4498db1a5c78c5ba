using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Python's names of types.</summary>
internal static class PyTypes
{
    public static string NameOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        decimal => "decimal.Decimal",
        string => "str",
        PyList => "list",
        PyTuple => "tuple",
        PyDict => "dict",
        PySet => "set",
        PyRange => "range",
        PyView view => view.Name,
        PyGenerator => "generator",
        Undefined => "Undefined",
        PyObject other => other.TypeName,
        _ => value.GetType().Name,
    };

    /// <summary>"int object", as messages about missing members say it.</summary>
    public static string Described(object? value) => value is null ? "None" : $"{NameOf(value)} object";

    public static bool IsNumber(object? value) => value is bool or long or BigInteger or double or decimal;

    public static bool IsInteger(object? value) => value is long or BigInteger;

    public static bool IsIterable(object? value) => value is string or System.Collections.IEnumerable or Undefined;
}
