namespace Leat.Storage;

/// <summary>File operations with a promise about power cuts. Thread-safe; one instance serves a process.</summary>
/// <param name="faults">Only in tests: makes operations fail.</param>
/// <param name="syncs">False only in tests in which processes die but no machine does: nothing waits for the disk.</param>
public sealed class DurableFiles(IFileFaults? faults = null, bool syncs = true)
{
    /// <summary>Names starting so are unfinished writes; nobody should list them.</summary>
    public const string TemporaryPrefix = ".tmp-";

    /// <summary>Opens for reading and writing, creating the file when it is missing. A new name needs <see cref="SyncFolder"/> to be durable.</summary>
    public DurableFile OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);

    /// <summary>Opens for reading and writing; fails when the name is taken.</summary>
    public DurableFile Create(string path) => Open(path, FileMode.CreateNew, FileAccess.ReadWrite);

    /// <summary>Opens for reading beside a writer.</summary>
    public DurableFile OpenRead(string path) => Open(path, FileMode.Open, FileAccess.Read);

    /// <summary>Replaces the file: temporary file, fsync, rename, fsync of the folder. Readers see the old or the new bytes.</summary>
    public void Replace(string path, ReadOnlyMemory<byte> bytes)
    {
        var temporary = WriteTemporary(path, bytes);
        try
        {
            Check(faults, FileOperation.Rename, path, 0);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        SyncFolder(FolderOf(path));
    }

    /// <summary>Gives the file or folder another name; a file of that name is replaced. Durable after <see cref="SyncFolder"/>.</summary>
    public void Rename(string path, string newPath)
    {
        Check(faults, FileOperation.Rename, newPath, 0);
        if (Directory.Exists(path)) Directory.Move(path, newPath);
        else File.Move(path, newPath, overwrite: true);
    }

    /// <summary>Creates the file with these bytes if the name is free: temporary file, fsync, link, fsync of the folder.</summary>
    /// <returns>False when the name was taken. Of many racing callers, in any process, exactly one gets true.</returns>
    public bool PutIfAbsent(string path, ReadOnlyMemory<byte> bytes)
    {
        if (File.Exists(path)) return false;
        var temporary = WriteTemporary(path, bytes);
        bool won;
        try
        {
            Check(faults, FileOperation.Link, path, 0);
            won = Posix.Link(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
        SyncFolder(FolderOf(path));
        return won;
    }

    /// <summary>Removes the name; no error when there is none.</summary>
    public void Delete(string path)
    {
        Check(faults, FileOperation.Delete, path, 0);
        File.Delete(path);
    }

    /// <summary>Creates the folder and its parents, durably.</summary>
    public void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = FolderOf(folder);
        CreateFolder(parent);
        Directory.CreateDirectory(folder);
        try
        {
            SyncFolder(parent);
        }
        catch
        {
            Directory.Delete(folder);
            throw;
        }
    }

    /// <summary>Makes created, renamed and removed names in the folder survive a power cut.</summary>
    public void SyncFolder(string folder)
    {
        Check(faults, FileOperation.SyncFolder, folder, 0);
        if (syncs) Posix.SyncFolder(folder);
    }

    internal static void Check(IFileFaults? faults, FileOperation operation, string path, long bytes)
    {
        if (faults?.Before(operation, path, bytes) is { } fault) throw fault.Error;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ArgumentException($"'{path}' has no folder", nameof(path));

    private DurableFile Open(string path, FileMode mode, FileAccess access)
    {
        Check(faults, FileOperation.Open, path, 0);
        return new DurableFile(path, File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete), faults) { IsSynced = syncs };
    }

    private string WriteTemporary(string path, ReadOnlyMemory<byte> bytes)
    {
        var temporary = Path.Combine(FolderOf(path), TemporaryPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            using var file = Create(temporary);
            file.Write(bytes, 0);
            file.Sync();
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        return temporary;
    }
}
