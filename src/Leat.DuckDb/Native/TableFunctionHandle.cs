namespace Leat.DuckDb;

internal sealed class TableFunctionHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_table_function(ref handle);
        return true;
    }
}
