using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>
/// Remembers what was fsynced. At the chosen operation it writes what the disk would hold after a power cut there: unsynced sectors old, new
/// or zero, unsynced names present or not; after that every operation fails.
/// </summary>
internal sealed class PowerCutDisk(string root, string image, int cutAt, Random random) : IFileFaults
{
    private const int Sector = 512;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _content = [];
    private readonly Dictionary<string, HashSet<string>> _names = [];
    private readonly List<string> _temporary = [];
    private int _seen;

    public bool Cut { get; private set; }

    public FileFault? Before(FileOperation operation, string path, long bytes)
    {
        lock (_lock)
        {
            if (Cut) return FileFault.Broken();
            if (operation == FileOperation.Read) return null;
            if (++_seen == cutAt)
            {
                Cut = true;
                WriteFolder(root, image);
                return FileFault.Broken();
            }
            Remember(operation, path);
            return null;
        }
    }

    /// <summary>What an orderly end left counts as stored.</summary>
    public void TakeAsStored()
    {
        if (!Directory.Exists(root)) return;
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories)) _content[file] = Bytes(file);
        foreach (var folder in Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Prepend(root)) _names[folder] = [.. Directory.GetFileSystemEntries(folder)];
    }

    private void Remember(FileOperation operation, string path)
    {
        if (operation == FileOperation.Sync) _content[path] = Bytes(path);
        if (operation == FileOperation.Sync && Path.GetFileName(path).StartsWith(DurableFiles.TemporaryPrefix, StringComparison.Ordinal)) _temporary.Add(path);
        if (operation == FileOperation.Rename) _content[path] = _content[_temporary.FindLast(File.Exists)!]; // the newest that was not renamed yet
        if (operation == FileOperation.SyncFolder) _names[path] = [.. Directory.GetFileSystemEntries(path)];
    }

    private void WriteFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from)) return;
        var stored = _names.GetValueOrDefault(from, []);
        foreach (var entry in Directory.GetFileSystemEntries(from))
        {
            if (!stored.Contains(entry) && random.Next(2) == 0) continue;
            var target = Path.Combine(to, Path.GetFileName(entry));
            if (Directory.Exists(entry)) WriteFolder(entry, target);
            else File.WriteAllBytes(target, AfterCut(_content.GetValueOrDefault(entry, []), Bytes(entry)));
        }
    }

    private byte[] AfterCut(byte[] stored, byte[] written)
    {
        var length = random.Next(4) switch
        {
            0 => stored.Length,
            1 => random.Next(Math.Min(stored.Length, written.Length), Math.Max(stored.Length, written.Length) + 1),
            _ => written.Length,
        };
        var result = new byte[length];
        for (var at = 0; at < length; at += Sector)
        {
            var source = random.Next(3) == 0 ? stored : written;
            var count = Math.Min(Math.Min(Sector, length - at), source.Length - at);
            if (count > 0) source.AsSpan(at, count).CopyTo(result.AsSpan(at));
        }
        return result;
    }

    private static byte[] Bytes(string file)
    {
        if (Path.GetFileName(file) == ".lock" || !File.Exists(file)) return [];
        using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        return bytes;
    }
}
