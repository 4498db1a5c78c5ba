using System.Buffers;

namespace Leat.Log;

/// <summary>One request as it came, in pooled memory. Disposed when nothing reads it any more.</summary>
internal sealed class Frame(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public int Length => length;

    public Memory<byte> Bytes => (_rented ?? throw new ObjectDisposedException(nameof(Frame))).AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}
