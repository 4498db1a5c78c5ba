using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary>A native object of the engine, destroyed once when nobody uses it any more.</summary>
internal abstract class NativeObject : SafeHandle
{
    protected NativeObject()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;
}
