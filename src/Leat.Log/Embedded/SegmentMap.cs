using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Leat.Storage;

namespace Leat.Log;

/// <summary>A sealed segment as memory. Freed when its reader and every block over it are done. The file must not be cut while it is mapped; sealed segments never are.</summary>
internal sealed unsafe partial class SegmentMap : IDisposable
{
    private const int PopulateRead = 22;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Segment _segment;
    private readonly byte* _start;
    private int _holders = 1;

    private SegmentMap(MemoryMappedFile file, Segment segment)
    {
        (_file, _segment) = (file, segment);
        _view = file.CreateViewAccessor(0, segment.SizeBytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Maps the file; null where that is not possible (an empty file, a segment in tests that make reads fail).</summary>
    public static SegmentMap? TryOpen(DurableFile file, Segment segment)
    {
        if (segment.SizeBytes == 0 || file.TryMap(segment.SizeBytes) is not { } mapped) return null;
        try
        {
            return new SegmentMap(mapped, segment);
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    /// <summary>The bytes from <paramref name="position"/> on.</summary>
    public byte* At(long position) => _start + position;

    /// <summary>Maps the pages of a range at once: a page touched unmapped costs a fault, sixteen pages at best. A hint: where the system does not know it, pages come as they are touched.</summary>
    public void Populate(long position, int bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        var inPage = (nint)At(position) & (Environment.SystemPageSize - 1);
        _ = Advise((nint)At(position) - inPage, bytes + inPage, PopulateRead);
    }

    /// <summary>A block begins to use the memory; it keeps retention from removing the segment.</summary>
    public void Lease()
    {
        _segment.Lease();
        Interlocked.Increment(ref _holders);
    }

    /// <summary>A block is done.</summary>
    public void Release()
    {
        _segment.Release();
        Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) > 0) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint bytes, int advice);
}
