using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Equality of keys as in Python: 1, 1.0 and True are one key.</summary>
internal sealed class PyKeyComparer : IEqualityComparer<object>
{
    public static readonly PyKeyComparer Instance = new();

    public new bool Equals(object? x, object? y) => PyCompare.AreEqual(x == PyDict.NoneKey ? null : x, y == PyDict.NoneKey ? null : y);

    public int GetHashCode(object obj) => obj switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        bool flag => flag ? 1 : 0,
        long number => number.GetHashCode(),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e18 ? ((long)number).GetHashCode() : number.GetHashCode(),
        decimal number => number == decimal.Floor(number) && Math.Abs(number) < 1e18m ? ((long)number).GetHashCode() : ((double)number).GetHashCode(),
        BigInteger number => number.GetHashCode(),
        PyTuple tuple => tuple.Aggregate(17, (hash, item) => unchecked((hash * 31) + (item is null ? 0 : GetHashCode(item)))),
        PyList or PyDict or PySet => throw new JinjaError(ErrorKind.TypeError, $"unhashable type: '{PyTypes.NameOf(obj)}'", "use a tuple or a string as key"),
        _ => obj.GetHashCode(),
    };
}
