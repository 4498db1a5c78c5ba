using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary>.NET objects that the engine holds by pointer and gives back for disposal.</summary>
internal static unsafe class NativeData
{
    public static delegate* unmanaged<nint, void> Release => &Free;

    public static nint Hold(object value) => GCHandle.ToIntPtr(GCHandle.Alloc(value));

    public static T Get<T>(nint data)
        where T : class => Unsafe.As<T>(GCHandle.FromIntPtr(data).Target!);

    [UnmanagedCallersOnly]
    private static void Free(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        (handle.Target as IDisposable)?.Dispose();
        handle.Free();
    }
}
