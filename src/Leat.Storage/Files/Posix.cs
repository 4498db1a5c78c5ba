using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Leat.Storage;

/// <summary>The calls .NET does not offer: link, and fsync of files and folders that reports every error.</summary>
internal static partial class Posix
{
    /// <summary>Gives <paramref name="existing"/> a second name; false when that name is taken.</summary>
    public static bool Link(string existing, string name)
    {
        if (OperatingSystem.IsWindows()) return MoveIfAbsent(existing, name);
        if (LinkCall(existing, name) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == DiskErrors.Exists ? false : throw Failed("link", name, error);
    }

    public static void Sync(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        if (FdatasyncCall(file) != 0) throw Failed("fdatasync", path, Marshal.GetLastPInvokeError());
    }

    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = OpenCall(folder, 0);
        if (descriptor < 0) throw Failed("open", folder, Marshal.GetLastPInvokeError());
        var error = FsyncCall(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = CloseCall(descriptor);
        if (error != 0) throw Failed("fsync", folder, error);
    }

    private static bool MoveIfAbsent(string existing, string name)
    {
        try
        {
            File.Move(existing, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    private static IOException Failed(string call, string path, int error) =>
        new($"{call} of {path}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})", error);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkCall(string existing, string name);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdatasyncCall(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseCall(int descriptor);
}
