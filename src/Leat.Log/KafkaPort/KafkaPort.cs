using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Leat.Log;

/// <summary>A TCP port at which Kafka clients use the embedded log.</summary>
internal sealed class KafkaPort : IAsyncDisposable
{
    private const int Backlog = 512;
    private const int SocketBufferBytes = 1 << 20;
    private static readonly TimeSpan IdleCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LoginPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private readonly KafkaPortParts _parts;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConnectionParts _shared;
    private readonly ConcurrentDictionary<KafkaConnection, Task> _connections = new();
    private readonly ITimer _idle;
    private readonly Task _accepting;
    private long _numbers;

    private KafkaPort(KafkaPortParts parts, Socket listener)
    {
        (_parts, _listener) = (parts, listener);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        var broker = new Broker(0, parts.Options.KafkaAdvertisedHost ?? parts.Options.KafkaAddress, parts.Options.KafkaAdvertisedPort ?? EndPoint.Port);
        _shared = new ConnectionParts(parts, KafkaHandlers.Make(parts, broker, _stopping.Token), new ByteBudget(parts.Options.KafkaTotalInFlightBytes), _stopping.Token);
        // Clients number their connections against restarts of this process too: later ones must never count as older.
        _numbers = parts.Time.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        _idle = parts.Time.CreateTimer(_ => CutIdle(), null, IdleCheck, IdleCheck);
        parts.Logger.Listening(EndPoint.ToString(), broker.Host, broker.Port);
        _accepting = AcceptAllAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Opens the port.</summary>
    /// <exception cref="Core.LeatException">LEAT2040 the address is not loopback and nobody has to log in; LEAT2042 the port cannot be opened.</exception>
    public static KafkaPort Open(KafkaPortParts parts)
    {
        var options = parts.Options;
        var address = IPAddress.Parse(options.KafkaAddress);
        if (!IPAddress.IsLoopback(address) && parts.Users is null) throw LogErrors.OpenToAll(options.KafkaAddress);
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, options.KafkaPort ?? 0));
            listener.Listen(Backlog);
            return new KafkaPort(parts, listener);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw LogErrors.PortNotOpened($"{options.KafkaAddress}:{options.KafkaPort}", e);
        }
    }

    /// <summary>Takes no more requests, answers those under way, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await _idle.DisposeAsync().ConfigureAwait(false);
        var ending = Task.WhenAll(_connections.Values);
        await ending.WaitAsync(StopPatience, _parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ending.IsCompleted)
        {
            _parts.Logger.CutOff(_connections.Count, StopPatience.TotalSeconds);
            foreach (var connection in _connections.Keys) await connection.CutAsync().ConfigureAwait(false);
            await ending.ConfigureAwait(false);
        }
        _stopping.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                _parts.Logger.AcceptFailed(e);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _parts.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(Socket socket)
    {
        var host = (socket.RemoteEndPoint as IPEndPoint)?.ToString() ?? "?";
        if (_connections.Count >= _parts.Options.KafkaMaxConnections)
        {
            _parts.Logger.Refused(host, $"{_parts.Options.KafkaMaxConnections} connections are open, which is the limit");
            socket.Dispose();
            return;
        }
        socket.NoDelay = true;
        socket.SendBufferSize = SocketBufferBytes;
        socket.ReceiveBufferSize = SocketBufferBytes;
        var connection = new KafkaConnection(socket, new KafkaClient(Interlocked.Increment(ref _numbers), host), _shared);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = running.Task;
        _ = Task.Run(() => RunAsync(connection, running));
    }

    private async Task RunAsync(KafkaConnection connection, TaskCompletionSource running)
    {
        _parts.Metrics.Connections(1);
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _parts.Logger.Failed(connection.Client.Host, "the connection", e);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            _ = _connections.TryRemove(connection, out _);
            _parts.Metrics.Connections(-1);
            running.SetResult();
        }
    }

    private void CutIdle()
    {
        foreach (var connection in _connections.Keys)
        {
            var patience = connection.IsLoggedIn || LoginPatience > _parts.Options.KafkaIdleTimeout ? _parts.Options.KafkaIdleTimeout : LoginPatience;
            if (connection.Idle > patience) _ = CutIdleAsync(connection, patience);
        }
    }

    private async Task CutIdleAsync(KafkaConnection connection, TimeSpan patience)
    {
        _parts.Logger.Ended(connection.Client.Host, $"idle for {patience}");
        await connection.CutAsync().ConfigureAwait(false);
    }
}
