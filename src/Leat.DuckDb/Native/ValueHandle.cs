namespace Leat.DuckDb;

internal sealed class ValueHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_value(ref handle);
        return true;
    }
}
