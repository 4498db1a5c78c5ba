using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Leat.Log;

/// <summary>Cuts what a socket receives into requests. Memory for a request grows as its bytes come: an announced size alone costs nothing. Owned by one loop.</summary>
internal sealed class FrameReader(Socket socket, Action<int> received) : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private const int FirstRent = 1 << 20;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _from;
    private int _to;

    /// <summary>Waits for the size of the next request and its first two bytes, the key of the request.</summary>
    /// <returns>Null when the client has closed the connection.</returns>
    public async ValueTask<(int Size, short Key)?> NextAsync(CancellationToken ct)
    {
        while (_to - _from < sizeof(int) + sizeof(short))
        {
            if (_from > 0) MoveToFront();
            var count = await socket.ReceiveAsync(_buffer.AsMemory(_to), SocketFlags.None, ct).ConfigureAwait(false);
            if (count == 0) return _to == _from ? null : throw new MalformedRequestException($"the connection ended {_to - _from} bytes into a request");
            received(count);
            _to += count;
        }
        var bytes = _buffer.AsSpan(_from);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes[sizeof(int)..]));
    }

    /// <summary>The request that <see cref="NextAsync"/> announced, without its size.</summary>
    public async ValueTask<Frame> ReadAsync(int size, CancellationToken ct)
    {
        _from += sizeof(int);
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Min(size, FirstRent));
        try
        {
            var have = Math.Min(size, _to - _from);
            _buffer.AsSpan(_from, have).CopyTo(bytes);
            _from += have;
            while (have < size)
            {
                if (have == bytes.Length) bytes = Larger(bytes, size);
                var count = await socket.ReceiveAsync(bytes.AsMemory(have, Math.Min(size, bytes.Length) - have), SocketFlags.None, ct).ConfigureAwait(false);
                if (count == 0) throw new MalformedRequestException($"the connection ended {have} bytes into a request of {size}");
                received(count);
                have += count;
            }
            var frame = new Frame(bytes, size);
            bytes = null;
            return frame;
        }
        finally
        {
            if (bytes is not null) ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void MoveToFront()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
    }

    private static byte[] Larger(byte[] bytes, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(size, bytes.Length * 2L));
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }
}
