namespace Leat.DuckDb;

internal sealed class VectorHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_vector(ref handle);
        return true;
    }
}
