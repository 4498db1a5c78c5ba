using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary><c>duckdb_result</c>; its fields are the engine's own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    public ulong ColumnCount;
    public ulong RowCount;
    public ulong RowsChanged;
    public nint Columns;
    public nint ErrorMessage;
    public nint InternalData;
}
