namespace Leat.DuckDb;

internal sealed class ConnectionHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_disconnect(ref handle);
        return true;
    }
}
