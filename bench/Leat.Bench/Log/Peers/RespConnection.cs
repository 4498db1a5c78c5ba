using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary>A connection to a Redis server: commands out, replies in. Blocking; owned by one thread.</summary>
internal sealed class RespConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[1 << 20];
    private int _at;
    private int _filled;

    public RespConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public static byte[] Command(params string[] words) => Encoding.UTF8.GetBytes($"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${Encoding.UTF8.GetByteCount(w)}\r\n{w}\r\n")));

    public void Send(ReadOnlySpan<byte> commands)
    {
        while (!commands.IsEmpty) commands = commands[_socket.Send(commands)..];
    }

    /// <summary>Reads a reply that is a number.</summary>
    public long Number()
    {
        var line = Line();
        return line[0] == ':' && Utf8Parser.TryParse(line[1..], out long number, out _) ? number : throw Unexpected(line);
    }

    /// <summary>Reads a bulk reply and passes over it.</summary>
    public void Skip() => _ = Bulk();

    /// <summary>Reads the reply of XRANGE.</summary>
    /// <param name="look">Gets the value of each entry's only field.</param>
    /// <returns>Id of the last entry; null when there were none.</returns>
    public string? Entries(Action<ReadOnlySpan<byte>> look)
    {
        string? last = null;
        for (var entries = Array(); entries > 0; entries--)
        {
            _ = Array();
            var id = Bulk();
            if (entries == 1) last = Encoding.ASCII.GetString(id);
            for (var fields = Array(); fields > 0; fields -= 2)
            {
                _ = Bulk();
                look(Bulk());
            }
        }
        return last;
    }

    public void Dispose() => _socket.Dispose();

    private int Array()
    {
        var line = Line();
        return line[0] == '*' && Utf8Parser.TryParse(line[1..], out int length, out _) ? length : throw Unexpected(line);
    }

    private ReadOnlySpan<byte> Bulk()
    {
        var line = Line();
        if (line[0] != '$' || !Utf8Parser.TryParse(line[1..], out int length, out _)) throw Unexpected(line);
        while (_filled - _at < length + 2) Fill();
        var bytes = _buffer.AsSpan(_at, length);
        _at += length + 2;
        return bytes;
    }

    private ReadOnlySpan<byte> Line()
    {
        var scanned = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_at + scanned, _filled - _at - scanned).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsSpan(_at, scanned + end - 1);
                _at += scanned + end + 1;
                return line;
            }
            scanned = _filled - _at;
            Fill();
        }
    }

    private void Fill()
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
            (_at, _filled) = (0, _filled - _at);
        }
        if (_filled == _buffer.Length) System.Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _socket.Receive(_buffer, _filled, _buffer.Length - _filled, SocketFlags.None);
        if (read == 0) throw new LeatException("LEAT7033", "the peer closed the connection", "redis-server", "run the benchmark again", Fault.External);
        _filled += read;
    }

    private static LeatException Unexpected(ReadOnlySpan<byte> line) =>
        new("LEAT7033", $"the peer answered '{Encoding.UTF8.GetString(line)}'", "redis-server", "see whether its version knows streams (5.0 or newer)", Fault.External);
}
