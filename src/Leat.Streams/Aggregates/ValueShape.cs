using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Streams.Decoding;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>How one simple value, or a nullable one, is ordered, saved, loaded and shown.</summary>
internal sealed class ValueShape<TValue>
{
    private static readonly bool CanBeNull = default(TValue) is null;
    private readonly Func<TValue, object?> _box;

    private ValueShape(Type type)
    {
        (Name, Type) = (type.Name, Values.ColumnType(type));
        var value = Expression.Parameter(typeof(TValue), "value");
        var writer = Expression.Parameter(typeof(StateWriter), "writer");
        var reader = Expression.Parameter(typeof(StateReader), "reader");
        var arena = Expression.Parameter(typeof(TextArena), "arena");
        var inner = typeof(TValue) == type ? (Expression)value : Expression.Convert(value, type);
        Write = Expression.Lambda<Action<TValue, StateWriter>>(KeyLeaf.Write(inner, writer), value, writer).Compile();
        var read = KeyLeaf.Read(type, reader, arena);
        Read = Expression.Lambda<Func<StateReader, TextArena, TValue>>(typeof(TValue) == type ? read : Expression.Convert(read, typeof(TValue)), reader, arena).Compile();
        _box = Expression.Lambda<Func<TValue, object?>>(KeyLeaf.Box(inner), value).Compile();
    }

    /// <summary>Of the type, the same for values that are saved alike.</summary>
    public string Name { get; }

    /// <summary>Of a column of such values.</summary>
    public DataType Type { get; }

    /// <summary>A value that is not null.</summary>
    public Action<TValue, StateWriter> Write { get; }

    public Func<StateReader, TextArena, TValue> Read { get; }

    /// <exception cref="LeatException">LEAT2108 the type cannot be a value of results.</exception>
    public static ValueShape<TValue> Of()
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        return Values.Supports(type) ? new ValueShape<TValue>(type) : throw StreamErrors.ValueType(type);
    }

    public object? Box(TValue value) => IsNull(value) ? null : _box(value);

    /// <summary>Order of two values that are not null: texts by bytes, numbers by size with NaN as the largest.</summary>
    public static int Compare(TValue a, TValue b)
    {
        if (typeof(TValue) == typeof(string)) return string.CompareOrdinal((string?)(object?)a, (string?)(object?)b);
        var (first, second) = (IsNaN(a), IsNaN(b));
        return first || second ? first.CompareTo(second) : Comparer<TValue>.Default.Compare(a, b);
    }

    public static bool IsNull(TValue value) => CanBeNull && value is null;

    public static bool IsNaN(TValue value)
    {
        if (typeof(TValue) == typeof(double)) return double.IsNaN(Unsafe.As<TValue, double>(ref value));
        if (typeof(TValue) == typeof(float)) return float.IsNaN(Unsafe.As<TValue, float>(ref value));
        if (typeof(TValue) == typeof(double?)) return Unsafe.As<TValue, double?>(ref value) is double.NaN;
        return typeof(TValue) == typeof(float?) && Unsafe.As<TValue, float?>(ref value) is float.NaN;
    }
}
