namespace Leat.DuckDb;

internal sealed class AppenderHandle : NativeObject
{
    protected override bool ReleaseHandle() => NativeMethods.duckdb_appender_destroy(ref handle) == NativeMethods.Success;
}
