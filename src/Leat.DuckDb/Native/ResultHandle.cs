using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary>The struct <c>duckdb_result</c> in native memory of its own.</summary>
internal sealed unsafe class ResultHandle : NativeObject
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    public NativeResult* Pointer => IsClosed ? throw new ObjectDisposedException(nameof(DuckDbResult)) : (NativeResult*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_result((NativeResult*)handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
