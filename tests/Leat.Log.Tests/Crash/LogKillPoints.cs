using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Where a process that writes a log is killed.</summary>
internal static class LogKillPoints
{
    /// <summary>Every kind of operation of the log on every kind of its files.</summary>
    public static readonly (FileOperation Operation, string Name)[] All =
    [
        (FileOperation.Write, ".log"), (FileOperation.Sync, ".log"), (FileOperation.Open, ".log"), (FileOperation.Delete, ".log"), (FileOperation.Rename, ".log"),
        (FileOperation.Write, DurableMark.FileName), (FileOperation.Write, ".index"), (FileOperation.Delete, ".index"), (FileOperation.Write, ProducerSnapshot.Extension),
        (FileOperation.Write, DurableFiles.TemporaryPrefix), (FileOperation.Sync, DurableFiles.TemporaryPrefix), (FileOperation.Rename, OffsetFile.Start),
        (FileOperation.Rename, OffsetFile.Compacted), (FileOperation.Rename, OffsetFile.Horizon), (FileOperation.Delete, ProducerSnapshot.Extension), (FileOperation.SyncFolder, "0"),
    ];
}
