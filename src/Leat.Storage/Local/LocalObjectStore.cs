using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Storage;

/// <summary>Objects as files below a folder. Safe against other processes that use the same folder through this class.</summary>
/// <param name="root">Folder; created when the first object is stored.</param>
/// <param name="files">File operations; null = the real ones.</param>
public sealed class LocalObjectStore(string root, DurableFiles? files = null) : IObjectStore
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly DurableFiles _files = files ?? new DurableFiles();

    public ValueTask<bool> PutIfAbsentAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Guarded(path, file =>
        {
            _files.CreateFolder(Path.GetDirectoryName(file)!);
            return _files.PutIfAbsent(file, bytes);
        }));
    }

    public ValueTask PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _ = Guarded(path, file =>
        {
            _files.CreateFolder(Path.GetDirectoryName(file)!);
            _files.Replace(file, bytes);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<byte[]?> GetAsync(string path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Guarded<byte[]?>(path, file =>
        {
            if (!File.Exists(file)) return null;
            using var open = _files.OpenRead(file);
            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)open.Length));
            return open.Read(bytes, 0) == bytes.Length ? bytes : throw new EndOfStreamException($"{path} became shorter while it was read");
        }));
    }

    public ValueTask<int> GetRangeAsync(string path, long offset, Memory<byte> into, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return ValueTask.FromResult(Guarded(path, file =>
        {
            using var open = _files.OpenRead(file);
            return open.Read(into.Span, offset);
        }));
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? _root : FileOf(prefix[..slash]);
        if (!Directory.Exists(folder)) yield break;
        foreach (var found in Found(folder, prefix, startAfter))
        {
            ct.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    public ValueTask DeleteAsync(string path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _ = Guarded(path, file =>
        {
            if (!File.Exists(file)) return false;
            _files.Delete(file);
            _files.SyncFolder(Path.GetDirectoryName(file)!);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ExistsAsync(string path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(File.Exists(FileOf(path)));
    }

    private string FileOf(string path) => Path.Combine(_root, ObjectPath.Checked(path));

    private IEnumerable<ObjectInfo> Found(string folder, string prefix, string? startAfter) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => !f.Name.StartsWith(DurableFiles.TemporaryPrefix, StringComparison.Ordinal))
            .Select(f => (File: f, Path: Path.GetRelativePath(_root, f.FullName).Replace('\\', '/')))
            .Where(f => f.Path.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || string.CompareOrdinal(f.Path, startAfter) > 0))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Where(f => f.File.Exists)
            .Select(f => new ObjectInfo(f.Path, f.File.Length, f.File.LastWriteTimeUtc));

    private T Guarded<T>(string path, Func<string, T> action)
    {
        var file = FileOf(path);
        try
        {
            return action(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LeatException("LEAT2053", $"there is no object '{path}'", file, "check the name with a listing; another process may have removed it", Fault.External, cause: e);
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw new LeatException("LEAT2051", $"no room to store '{path}'", file, "free space on the disk; the call can be repeated", Fault.External, Retry.WithBackoff, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LeatException("LEAT2052", $"'{path}' could not be read or written: {e.Message}", file, "check the disk and the rights on the folder", Fault.External, cause: e);
        }
    }
}
