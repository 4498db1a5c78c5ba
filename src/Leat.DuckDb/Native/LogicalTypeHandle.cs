namespace Leat.DuckDb;

internal sealed class LogicalTypeHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_logical_type(ref handle);
        return true;
    }
}
