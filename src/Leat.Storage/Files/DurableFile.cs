using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Leat.Storage;

/// <summary>An open file with positioned reads and writes and an fsync that never hides an error. Reads may run beside one writer.</summary>
public sealed class DurableFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly IFileFaults? _faults;

    internal DurableFile(string path, SafeFileHandle handle, IFileFaults? faults)
    {
        Path = path;
        _handle = handle;
        _faults = faults;
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>False: <see cref="Sync"/> does nothing, for tests in which processes die but no machine does.</summary>
    internal bool IsSynced { get; init; } = true;

    /// <summary>Size now, in bytes.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Writes all parts one after the other from <paramref name="position"/> on, with one system call where possible.</summary>
    /// <exception cref="IOException">After an error any prefix of the bytes may have been written. See <see cref="DiskErrors"/>.</exception>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long position)
    {
        if (_faults is not null) FailBeforeWrite(parts, position);
        RandomAccess.Write(_handle, parts, position);
    }

    /// <summary>Writes the bytes at <paramref name="position"/>.</summary>
    /// <exception cref="IOException">After an error any prefix of the bytes may have been written.</exception>
    public void Write(ReadOnlyMemory<byte> bytes, long position)
    {
        if (_faults is not null) FailBeforeWrite([bytes], position);
        RandomAccess.Write(_handle, bytes.Span, position);
    }

    /// <summary>Fills <paramref name="into"/> from <paramref name="position"/> on.</summary>
    /// <returns>Bytes read; less than asked only at the end of the file.</returns>
    public int Read(Span<byte> into, long position)
    {
        DurableFiles.Check(_faults, FileOperation.Read, Path, into.Length);
        var done = 0;
        while (done < into.Length)
        {
            var read = RandomAccess.Read(_handle, into[done..], position + done);
            if (read == 0) break;
            done += read;
        }
        return done;
    }

    /// <summary>The first <paramref name="bytes"/> of the file as memory to read; null where faults are injected, which a mapping would not see, and when the file is shorter.</summary>
    public MemoryMappedFile? TryMap(long bytes) => _faults is not null || Length < bytes
        ? null
        : MemoryMappedFile.CreateFromFile(_handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

    /// <summary>Makes the bytes written so far survive a power cut.</summary>
    /// <exception cref="IOException">Written bytes may be gone, even if a later call succeeds: do not go on with this file.</exception>
    public void Sync()
    {
        DurableFiles.Check(_faults, FileOperation.Sync, Path, 0);
        if (IsSynced) Posix.Sync(_handle, Path);
    }

    /// <summary>Cuts the file to <paramref name="length"/> bytes.</summary>
    public void Truncate(long length)
    {
        DurableFiles.Check(_faults, FileOperation.Truncate, Path, length);
        RandomAccess.SetLength(_handle, length);
    }

    public void Dispose() => _handle.Dispose();

    private void FailBeforeWrite(IReadOnlyList<ReadOnlyMemory<byte>> parts, long position)
    {
        var total = parts.Sum(p => (long)p.Length);
        if (_faults!.Before(FileOperation.Write, Path, total) is not { } fault) return;
        var left = Math.Min(fault.BytesBefore, total);
        foreach (var part in parts)
        {
            var take = (int)Math.Min(left, part.Length);
            RandomAccess.Write(_handle, part.Span[..take], position);
            (left, position) = (left - take, position + take);
        }
        throw fault.Error;
    }
}
