using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>64-bit hash of a value that may be stored: XXH64 of its saved form. Decimals that are equal have one form. Not thread-safe.</summary>
internal sealed class StableHash<TValue>
{
    private readonly StateWriter _bytes = new();
    private readonly Action<TValue, StateWriter> _write;
    private readonly Func<TValue, TValue>? _normal;

    /// <exception cref="LeatException">LEAT2104 the type cannot be counted.</exception>
    public StableHash()
    {
        _write = KeyShape<TValue>.Of().Write;
        var value = Expression.Parameter(typeof(TValue), "value");
        var parts = KeyParts.Of(value);
        if (!parts.Values.Any(p => p.Type == typeof(decimal))) return;
        var normal = new Func<decimal, decimal>(Normal).Method;
        _normal = Expression.Lambda<Func<TValue, TValue>>(parts.Make([.. parts.Values.Select(p => p.Type == typeof(decimal) ? Expression.Call(normal, p) : p)]), value).Compile();
    }

    public ulong Of(TValue value)
    {
        if (typeof(TValue) == typeof(Text)) return XxHash64.Of(Unsafe.As<TValue, Text>(ref value).Bytes);
        _bytes.Clear();
        _write(_normal is null ? value : _normal(value), _bytes);
        return XxHash64.Of(_bytes.Written.Span);
    }

    /// <summary>Without zeros at the end: dividing by one with all digits a decimal has takes them off.</summary>
    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;
}
