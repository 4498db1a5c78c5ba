using System.Buffers.Binary;

namespace Leat.Host.Owner;

/// <summary>Frames on a stream. Writes may come from several threads; one thread reads.</summary>
internal sealed class FrameStream(Stream stream) : IAsyncDisposable
{
    private const int HeaderBytes = 5;
    private const int MaxFrameBytes = 1 << 20;
    private readonly SemaphoreSlim _write = new(1, 1);

    /// <summary>Writes one frame; bodies above 1 MB are the caller's to cut.</summary>
    public async Task WriteAsync(OwnerFrame kind, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var frame = new byte[HeaderBytes + body.Length];
        frame[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame.AsMemory(HeaderBytes));
        await _write.WaitAsync(ct);
        try
        {
            await stream.WriteAsync(frame, ct);
        }
        finally
        {
            _write.Release();
        }
    }

    /// <summary>The next frame, or null when the other side has gone.</summary>
    public async Task<(OwnerFrame Kind, byte[] Body)?> ReadAsync(CancellationToken ct)
    {
        var header = new byte[HeaderBytes];
        if (await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, ct) < HeaderBytes) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1));
        if (length is < 0 or > MaxFrameBytes) throw new InvalidDataException($"frame of {length} bytes; at most {MaxFrameBytes}");
        var body = new byte[length];
        if (await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, ct) < length) return null;
        return ((OwnerFrame)header[0], body);
    }

    public ValueTask DisposeAsync()
    {
        _write.Dispose();
        return stream.DisposeAsync();
    }
}
