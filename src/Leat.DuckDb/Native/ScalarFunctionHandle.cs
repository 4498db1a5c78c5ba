namespace Leat.DuckDb;

internal sealed class ScalarFunctionHandle : NativeObject
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_scalar_function(ref handle);
        return true;
    }
}
