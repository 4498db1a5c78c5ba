using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Truth as Python sees it.</summary>
internal static class PyTruth
{
    public static bool Of(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0,
        decimal number => number != 0,
        BigInteger number => !number.IsZero,
        PyList list => list.Count > 0,
        PyTuple tuple => tuple.Count > 0,
        PyDict dict => dict.Count > 0,
        PySet set => set.Count > 0,
        PyRange range => range.Count > 0,
        PyView view => view.Count > 0,
        PyObject other => other.Truth,
        _ => true,
    };
}
