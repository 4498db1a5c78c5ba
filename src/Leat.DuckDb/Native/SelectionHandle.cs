namespace Leat.DuckDb;

internal sealed class SelectionHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_selection_vector(handle);
        return true;
    }
}
