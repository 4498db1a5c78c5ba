namespace Leat.DuckDb;

internal sealed class StatementHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_prepare(ref handle);
        return true;
    }
}
