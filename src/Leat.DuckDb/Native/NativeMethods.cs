using System.Runtime.InteropServices;

namespace Leat.DuckDb;

/// <summary>The functions of duckdb.h that Leat uses, one file a section of the header, under the header's own names.</summary>
internal static unsafe partial class NativeMethods
{
    public const int Success = 0;
    private const string Library = NativeLibraryPath.Name;

    static NativeMethods() => NativeLibraryPath.Install();

    /// <summary>Copy of text that the engine keeps.</summary>
    public static string? Borrowed(nint text) => Marshal.PtrToStringUTF8(text);

    /// <summary>Copy of text that the caller has to free.</summary>
    public static string? Owned(nint text)
    {
        var copy = Marshal.PtrToStringUTF8(text);
        duckdb_free(text);
        return copy;
    }
}
