using System.Runtime.InteropServices;

namespace Leat.Core;

/// <summary>Native memory that is freed all at once: the owner of built batches. Not thread-safe.</summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private const int FirstBlockBytes = 4 * 1024;
    private const int LargestBlockBytes = 1024 * 1024;
    private readonly List<nint> _blocks = [];
    private byte* _next;
    private long _left;
    private int _blockBytes = FirstBlockBytes;

    /// <summary>Native memory held, in bytes.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Uninitialised bytes, 16-byte aligned, valid until the arena is disposed.</summary>
    public byte* TakeAligned(long length) => Take((length + 15) & ~15L);

    /// <summary>Uninitialised bytes of any alignment, valid until the arena is disposed.</summary>
    public byte* Take(long length)
    {
        if (length > _left || ((nint)_next & 15) != 0 && (length & 15) == 0) Reserve(length);
        var taken = _next;
        _next += length;
        _left -= length;
        return taken;
    }

    /// <summary>Takes over a block of <see cref="NativeMemory"/>.</summary>
    public void Adopt(void* block, long length)
    {
        if (block is null) return;
        _blocks.Add((nint)block);
        SizeBytes += length;
    }

    public void Dispose()
    {
        foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
        _left = 0;
        SizeBytes = 0;
    }

    private void Reserve(long length)
    {
        var skip = (16 - ((nint)_next & 15)) & 15;
        if (length + skip <= _left)
        {
            _next += skip;
            _left -= skip;
            return;
        }

        var size = Math.Max(_blockBytes, length);
        _blockBytes = Math.Min(_blockBytes * 2, LargestBlockBytes);
        _next = (byte*)NativeMemory.Alloc((nuint)size);
        _left = size;
        Adopt(_next, size);
    }
}
