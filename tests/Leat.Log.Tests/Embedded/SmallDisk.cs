using System.Diagnostics;

namespace Leat.Log.Tests;

/// <summary>A file system of a few megabytes, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int megabytes)
    {
        Path = Directory.CreateTempSubdirectory("leat-disk-").FullName;
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Path));
    }

    public string Path { get; }

    /// <summary>Whether this process may mount.</summary>
    public static bool CanMount { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && TryMount();

    public void Dispose()
    {
        Assert.Equal(0, Run("umount", Path));
        Directory.Delete(Path);
    }

    private static bool TryMount()
    {
        var probe = Directory.CreateTempSubdirectory("leat-probe-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe) == 0;
        if (mounted) _ = Run("umount", probe);
        Directory.Delete(probe);
        return mounted;
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
