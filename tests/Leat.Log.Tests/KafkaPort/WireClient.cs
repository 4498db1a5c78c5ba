using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Leat.Log.Tests;

/// <summary>A client that sends what a test says, byte for byte, and reads answers by <see cref="WireSchemas"/>. Every wait is bounded.</summary>
internal sealed class WireClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private int _sent;

    private WireClient(IPEndPoint port) => _socket.Connect(port);

    public static WireClient To(PortFixture fixture) => new(fixture.Port.EndPoint);

    /// <summary>A request with its size, header and body.</summary>
    public byte[] Encode(ApiKey key, short version, Dictionary<string, object?> body)
    {
        var flexible = ApiTable.Find((short)key)!.Value.IsFlexible(version);
        var bytes = WireSchemas.Request(key).Write(version, flexible, body);
        return Framed([.. Int16((short)key), .. Int16(version), .. Int32(++_sent), .. Int16(4), .. "test"u8, .. flexible ? (byte[])[0] : [], .. bytes]);
    }

    public static byte[] Framed(byte[] request) => [.. Int32(request.Length), .. request];

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, SocketFlags.None).WaitAsync(Patience);

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<Dictionary<string, object?>> AskAsync(ApiKey key, short version, Dictionary<string, object?> body)
    {
        await SendAsync(Encode(key, version, body));
        return await AnswerAsync(key, version, _sent);
    }

    /// <summary>The next answer, which must be that to the request of the number given.</summary>
    public async Task<Dictionary<string, object?>> AnswerAsync(ApiKey key, short version, int number)
    {
        var response = await ReadFrameAsync() ?? throw new EndOfStreamException("the port closed the connection");
        Assert.Equal(number, BinaryPrimitives.ReadInt32BigEndian(response));
        var flexible = ApiTable.Find((short)key)!.Value.IsFlexible(version);
        var header = flexible && key != ApiKey.ApiVersions ? 5 : 4;
        var value = WireSchemas.Response(key).Read(version, flexible, response.AsSpan(header), out var left);
        Assert.Equal(0, left);
        return value;
    }

    /// <summary>What follows a size; null when the port has closed the connection.</summary>
    public async Task<byte[]?> ReadFrameAsync()
    {
        var size = await ReadAsync(4);
        return size is null ? null : await ReadAsync(BinaryPrimitives.ReadInt32BigEndian(size));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]?> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            int read;
            try
            {
                read = await _socket.ReceiveAsync(bytes.AsMemory(have), SocketFlags.None).AsTask().WaitAsync(Patience);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
            {
                return null;
            }
            if (read == 0) return null;
            have += read;
        }
        return bytes;
    }

    private static byte[] Int16(short value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
