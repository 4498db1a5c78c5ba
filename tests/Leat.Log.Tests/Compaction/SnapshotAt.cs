using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Copies the files of a log just before its n-th operation: what a process leaves that is killed there.</summary>
internal sealed class SnapshotAt(string root, string image, int number) : IFileFaults
{
    private readonly Lock _lock = new();
    private int _seen;

    public bool Taken { get; private set; }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation == FileOperation.Read) return null;
        lock (_lock)
        {
            if (++_seen != number) return null;
            CrashImage.Copy(root, image);
            Taken = true;
            return null;
        }
    }
}
