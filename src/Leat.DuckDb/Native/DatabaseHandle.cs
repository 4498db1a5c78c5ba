namespace Leat.DuckDb;

internal sealed class DatabaseHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_close(ref handle);
        return true;
    }
}
