using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary>One keep-alive connection that sends a body, reads the whole answer, and goes on. Blocking; owned by one thread.</summary>
internal sealed class CollectorClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[16 << 10];
    private readonly ManualResetEvent _never = new(false);
    private readonly CollectorEvents _events;
    private readonly int _client;

    public CollectorClient(int port, int client)
    {
        _events = new CollectorEvents(port);
        _client = client;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Events acknowledged so far; the next one has this number.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends bodies, each after the answer to the one before.</summary>
    public void SendAll(long events)
    {
        for (var end = Sent + events; Sent < end;) SendOne();
    }

    /// <summary>Sends bodies at fixed times, whether or not the answers keep up.</summary>
    /// <param name="first">Time of the first, a timestamp of Stopwatch.</param>
    /// <param name="every">Distance of two, in the same unit.</param>
    /// <param name="count">Bodies.</param>
    /// <returns>Milliseconds from when a body was due (or, if this thread woke up late, was sent) to its acknowledgement.</returns>
    public double[] SendPaced(long first, long every, int count)
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var due = first + (i * every);
            var begun = due;
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (early > TimeSpan.Zero)
            {
                _never.WaitOne(early);
                begun = Stopwatch.GetTimestamp();
            }
            SendOne();
            latencies[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        return latencies;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _never.Dispose();
    }

    private void SendOne()
    {
        var request = _events.Stamp(_client, Sent);
        while (!request.IsEmpty) request = request[_socket.Send(request)..];
        ReadAnswer();
        Sent += CollectorEvents.EventsABody;
    }

    private void ReadAnswer()
    {
        var filled = 0;
        while (true)
        {
            var read = _socket.Receive(_answer, filled, _answer.Length - filled, SocketFlags.None);
            if (read == 0) throw Unexpected("");
            filled += read;
            var bytes = _answer.AsSpan(0, filled);
            var headEnd = bytes.IndexOf("\r\n\r\n"u8);
            if (headEnd < 0) continue;
            if (!IsComplete(bytes[..headEnd], bytes[(headEnd + 4)..])) continue;
            Check(bytes, bytes[(headEnd + 4)..]);
            return;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return rest.EndsWith("0\r\n\r\n"u8);
        return Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _) && rest.Length >= length;
    }

    private static void Check(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> body)
    {
        if (!answer.StartsWith("HTTP/1.1 202"u8) || body.IndexOf("\"accepted\":100,"u8) < 0) throw Unexpected(Encoding.UTF8.GetString(answer));
    }

    private static LeatException Unexpected(string answer) => new("LEAT7034", $"the collector answered '{answer}'", "the benchmark's server", "see its output", Fault.Internal);
}
