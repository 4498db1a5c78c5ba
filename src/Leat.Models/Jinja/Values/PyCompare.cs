using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Equality and order as in Python.</summary>
internal static class PyCompare
{
    public static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null) return false;
        if (left is string a && right is string b) return a == b;
        if (PyTypes.IsNumber(left) && PyTypes.IsNumber(right)) return PyNumbers.Compare(left, right) == 0;
        return (left, right) switch
        {
            (PyList x, PyList y) => SameItems(x, y, x.Count, y.Count),
            (PyTuple x, PyTuple y) => SameItems(x, y, x.Count, y.Count),
            (PyDict x, PyDict y) => x.Count == y.Count && x.All(p => y.TryGet(p.Key, out var value) && AreEqual(p.Value, value)),
            (PySet x, PySet y) => x.Count == y.Count && x.All(y.Contains),
            (PyRange x, PyRange y) => x.Count == y.Count && x.SequenceEqual(y),
            (Undefined, Undefined) => true,
            _ => left.Equals(right),
        };
    }

    /// <exception cref="JinjaError">The two have no order.</exception>
    public static int Order(object? left, object? right, string op)
    {
        if (left is string a && right is string b) return string.CompareOrdinal(a, b);
        if (PyTypes.IsNumber(left) && PyTypes.IsNumber(right)) return PyNumbers.Compare(left!, right!);
        if (left is Undefined missing) throw missing.Error();
        if (right is Undefined absent) throw absent.Error();
        if ((left is PyList && right is PyList) || (left is PyTuple && right is PyTuple)) return OrderItems((IReadOnlyList<object?>)left, (IReadOnlyList<object?>)right, op);
        if (left is IComparable comparable && right is not null && left.GetType() == right.GetType()) return comparable.CompareTo(right);
        throw new JinjaError(ErrorKind.TypeError, $"'{op}' not supported between instances of '{PyTypes.NameOf(left)}' and '{PyTypes.NameOf(right)}'", "compare values of one kind");
    }

    private static bool SameItems(IEnumerable<object?> left, IEnumerable<object?> right, int leftCount, int rightCount) =>
        leftCount == rightCount && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));

    private static int OrderItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string op)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (!AreEqual(left[i], right[i])) return Order(left[i], right[i], op);
        return left.Count.CompareTo(right.Count);
    }
}
