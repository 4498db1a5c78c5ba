using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Leat.Log.Tests;

/// <summary>Temporary folders in memory where there is such a file system: the tests check order and bytes, not the speed of fsync.</summary>
internal static class FastDisk
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "has to run before the first test makes a folder")]
    internal static void Use()
    {
        if (Directory.Exists("/dev/shm") && Environment.GetEnvironmentVariable("LEAT_FULL") is null) Environment.SetEnvironmentVariable("TMPDIR", "/dev/shm");
    }
}
