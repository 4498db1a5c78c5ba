using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary><c>duckdb_decimal</c>, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeDecimal(byte width, byte scale, NativeHugeInt value)
{
    public readonly byte Width = width;
    public readonly byte Scale = scale;
    public readonly NativeHugeInt Value = value;
}
