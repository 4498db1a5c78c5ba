using System.Net.Sockets;
using System.Threading.Channels;

namespace Leat.Log;

/// <summary>
/// One client. Two loops: one receives requests and begins Produce at once, so that many share an fsync; the other does the rest in turn and answers everything in order.
/// </summary>
internal sealed class KafkaConnection : IAsyncDisposable
{
    private const int MaxInFlight = 128;
    private const int MaxPlainRequestBytes = 8 << 20;
    private const int MaxBytesBeforeLogin = 64 << 10;
    private readonly Channel<PendingRequest> _line = Channel.CreateBounded<PendingRequest>(new BoundedChannelOptions(MaxInFlight) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenSource _closing;
    private readonly KafkaPortParts _parts;
    private readonly Socket _socket;
    private readonly FrameReader _frames;
    private readonly SaslSession _sasl;
    private readonly RequestRouter _router;
    private readonly ByteBudget _inFlight;
    private readonly ByteBudget _total;
    private long _lastTraffic;
    private int _waitingTurn;

    public KafkaConnection(Socket socket, KafkaClient client, ConnectionParts shared)
    {
        (_socket, Client, _parts, _total) = (socket, client, shared.Port, shared.InFlight);
        _frames = new FrameReader(socket, OnReceived);
        _sasl = new SaslSession(_parts.Users, client, _parts.Logger);
        _router = new RequestRouter(shared.Handlers, _sasl);
        _inFlight = new ByteBudget(_parts.Options.KafkaInFlightBytes);
        _closing = CancellationTokenSource.CreateLinkedTokenSource(shared.Stopping, _gone.Token);
        OnTraffic();
    }

    public KafkaClient Client { get; }

    /// <summary>Whether the client may send requests: without login at once, else after it.</summary>
    public bool IsLoggedIn => _sasl.IsDone;

    /// <summary>Time since the last byte went either way.</summary>
    public TimeSpan Idle => _parts.Time.GetElapsedTime(Volatile.Read(ref _lastTraffic));

    /// <summary>Serves until the client leaves, does something impossible, or the port stops; then everything begun is finished.</summary>
    public async Task RunAsync()
    {
        var answering = AnswerAllAsync();
        var reason = "closed by the client";
        try
        {
            await ReceiveAllAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (MalformedRequestException e)
        {
            reason = e.Message;
            _parts.Logger.Refused(Client.Host, reason);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            reason = e is SocketException ? e.Message : "closed by the port";
        }
        _line.Writer.Complete();
        // A client that has left wants no answers; when the port stops it gets those to what it has sent.
        if (reason != "closed by the port") await _gone.CancelAsync().ConfigureAwait(false);
        await answering.ConfigureAwait(false);
        _parts.Logger.Ended(Client.Host, reason);
    }

    /// <summary>Ends the connection now; unfinished requests stay unanswered.</summary>
    public async ValueTask CutAsync()
    {
        _socket.Dispose();
        try
        {
            await _gone.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // it has ended by itself at the same moment
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _frames.Dispose();
        _closing.Dispose();
        _gone.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAllAsync(CancellationToken ct)
    {
        while (await _frames.NextAsync(ct).ConfigureAwait(false) is var (size, key))
        {
            CheckSize(size, key);
            await _inFlight.TakeAsync(size, ct).ConfigureAwait(false);
            var taken = false;
            try
            {
                await _total.TakeAsync(size, ct).ConfigureAwait(false);
                taken = true;
                var frame = await _frames.ReadAsync(size, ct).ConfigureAwait(false);
                taken = false;
                await EnqueueAsync(frame, key, ct).ConfigureAwait(false);
            }
            finally
            {
                if (taken) _total.Return(size);
            }
        }
    }

    private void CheckSize(int size, short key)
    {
        var limit = !_sasl.IsDone ? MaxBytesBeforeLogin : key == (short)ApiKey.Produce ? _parts.Options.KafkaMaxRequestBytes : MaxPlainRequestBytes;
        var least = _sasl.WantsRawToken ? sizeof(short) : RequestHeader.MinBytes;
        if (size < least || size > limit) throw new MalformedRequestException($"a request (key {key}) says it has {size} bytes; {least} to {limit} are allowed");
    }

    /// <summary>Puts the request into the line. Produce begins at once unless something else is to be done before it.</summary>
    private async ValueTask EnqueueAsync(Frame frame, short key, CancellationToken ct)
    {
        var ahead = key == (short)ApiKey.Produce && _sasl.IsDone && Volatile.Read(ref _waitingTurn) == 0;
        if (!ahead) Interlocked.Increment(ref _waitingTurn);
        var pending = new PendingRequest(frame) { Begun = ahead ? AnswerAsync(frame) : null };
        try
        {
            // What was begun has to be awaited, so it goes into the line even when the port is stopping; the answering loop makes room.
            await _line.Writer.WriteAsync(pending, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            Finish(pending);
            throw new OperationCanceledException(ct);
        }
        // Before the login is done the meaning of the next bytes depends on the answer to these.
        if (!_sasl.IsDone) await pending.Answered.WaitAsync(ct).ConfigureAwait(false);
    }

    private async Task AnswerAllAsync()
    {
        await foreach (var pending in _line.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                if (pending.Begun is null && _gone.IsCancellationRequested) continue;
                using var response = await (pending.Begun ?? AnswerAsync(pending.Frame)).ConfigureAwait(false);
                if (response is not null && !_gone.IsCancellationRequested) await SendAsync(response).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Explain(e, pending);
                await _gone.CancelAsync().ConfigureAwait(false);
            }
            finally
            {
                if (pending.Begun is null) Interlocked.Decrement(ref _waitingTurn);
                Finish(pending);
            }
        }
    }

    private void Finish(PendingRequest pending)
    {
        var size = pending.Frame.Length;
        pending.Done();
        _inFlight.Return(size);
        _total.Return(size);
    }

    private void Explain(Exception error, PendingRequest pending)
    {
        switch (error)
        {
            case MalformedRequestException or ConnectionEndException:
                _parts.Logger.Refused(Client.Host, error.Message);
                break;
            case OperationCanceledException or SocketException or ObjectDisposedException when _gone.IsCancellationRequested || error is SocketException:
                break; // the client is gone: nobody is left to be told
            default:
                _parts.Logger.Failed(Client.Host, NameOf(pending.Frame), error);
                break;
        }
    }

    private async Task<KafkaWriter?> AnswerAsync(Frame frame)
    {
        var response = await _router.AnswerAsync(frame.Bytes, Client, _gone.Token).ConfigureAwait(false);
        response?.Finish();
        return response;
    }

    private async ValueTask SendAsync(KafkaWriter response)
    {
        if (response.TrySingle(out var single))
        {
            await SendAsync(single).ConfigureAwait(false);
            return;
        }
        foreach (var part in response.Parts()) await SendAsync(part).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await _socket.SendAsync(bytes, SocketFlags.None, _gone.Token).ConfigureAwait(false);
            _parts.Metrics.Sent(sent);
            OnTraffic();
            bytes = bytes[sent..];
        }
    }

    private void OnReceived(int bytes)
    {
        _parts.Metrics.Received(bytes);
        OnTraffic();
    }

    private void OnTraffic() => Volatile.Write(ref _lastTraffic, _parts.Time.GetTimestamp());

    private static string NameOf(Frame frame) => ((ApiKey)System.Buffers.Binary.BinaryPrimitives.ReadInt16BigEndian(frame.Bytes.Span)).ToString();
}
