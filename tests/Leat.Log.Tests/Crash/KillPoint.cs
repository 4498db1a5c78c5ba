using System.Diagnostics;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>A named place in the program: just before the n-th operation of a kind on files whose name contains a text, the process kills itself (SIGKILL).</summary>
/// <param name="Operation">What is about to happen.</param>
/// <param name="Name">Part of the file name.</param>
/// <param name="Number">Which time, from 1.</param>
internal sealed record KillPoint(FileOperation Operation, string Name, int Number) : IFileFaults
{
    /// <summary>Every kind of operation of the log on every kind of its files.</summary>
    public static readonly (FileOperation Operation, string Name)[] All =
    [
        (FileOperation.Write, ".log"), (FileOperation.Sync, ".log"), (FileOperation.Open, ".log"), (FileOperation.Delete, ".log"), (FileOperation.Rename, ".log"),
        (FileOperation.Write, DurableMark.FileName), (FileOperation.Write, ".index"), (FileOperation.Delete, ".index"), (FileOperation.Write, ProducerSnapshot.Extension),
        (FileOperation.Write, DurableFiles.TemporaryPrefix), (FileOperation.Sync, DurableFiles.TemporaryPrefix), (FileOperation.Rename, OffsetFile.Start),
        (FileOperation.Rename, OffsetFile.Compacted), (FileOperation.Rename, OffsetFile.Horizon), (FileOperation.Delete, ProducerSnapshot.Extension), (FileOperation.SyncFolder, "0"),
    ];

    private int _seen;

    public static KillPoint Parse(string text)
    {
        var parts = text.Split('|');
        return new KillPoint(Enum.Parse<FileOperation>(parts[0]), parts[1], int.Parse(parts[2]));
    }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        if (operation != Operation || !Path.GetFileName(path).Contains(Name, StringComparison.Ordinal) || Interlocked.Increment(ref _seen) != Number) return null;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
        return null;
    }

    public override string ToString() => $"{Operation}|{Name}|{Number}";
}
