namespace Leat.Models.Jinja;

/// <summary>A value with operators of its own: dates and durations.</summary>
internal abstract class PyArithmetic : PyObject, IComparable
{
    /// <summary>Applies <paramref name="op"/> (+ - * / // or "neg"); false when the pair has none.</summary>
    public abstract bool TryOperator(string op, object? right, out object? value);

    public abstract int CompareTo(object? obj);
}
