using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary><c>duckdb_interval</c>, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeInterval(int months, int days, long microseconds)
{
    public readonly int Months = months;
    public readonly int Days = days;
    public readonly long Microseconds = microseconds;
}
