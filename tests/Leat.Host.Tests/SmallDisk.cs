using System.Diagnostics;

namespace Leat.Host.Tests;

/// <summary>A tmpfs of a few megabytes, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    public SmallDisk(string path, int megabytes)
    {
        _path = path;
        Directory.CreateDirectory(path);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) != 0) throw new InvalidOperationException("mount failed");
    }

    /// <summary>Whether this user may mount.</summary>
    public static bool IsPossible { get; } = TryOnce();

    private static bool TryOnce()
    {
        if (Environment.UserName != "root") return false;
        var probe = Directory.CreateTempSubdirectory("leat-mount-").FullName;
        try
        {
            using var disk = new SmallDisk(Path.Combine(probe, "disk"), 1);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            Directory.Delete(probe, recursive: true);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose() => Run("umount", _path);
}
