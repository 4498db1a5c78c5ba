using System.Net.Sockets;
using Leat.Core;

namespace Leat.Host.Owner;

/// <summary>Either a connection to the process that owns the data folder, or the lock that makes this process the owner.</summary>
internal sealed class DataFolderOwner : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly DataFolderLock? _held;

    private DataFolderOwner(OwnerConnection? connection, DataFolderLock? held)
    {
        Connection = connection;
        _held = held;
    }

    /// <summary>Set when another process owns the folder.</summary>
    public OwnerConnection? Connection { get; }

    /// <summary>Connects to the owner, or takes the lock; waits while another short-lived verb holds it.</summary>
    /// <exception cref="LeatException">LEAT7003 held for a minute by a process that does not answer.</exception>
    public static async Task<DataFolderOwner> FindOrBecomeAsync(string dataFolder, TextWriter talk, CancellationToken ct)
    {
        var said = false;
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await TryConnectAsync(dataFolder, ct) is { } connection) return new(connection, null);
            if (DataFolderLock.TryTake(dataFolder) is { } held) return new(null, held);
            if (!said && waited > TimeSpan.FromSeconds(1))
            {
                talk.WriteLine($"waiting for another leat command on {dataFolder}");
                said = true;
            }
            await Task.Delay(Pause, ct);
        }
        throw new LeatException("LEAT7003", "another process holds the data folder and does not answer", DataFolderLock.PathFor(dataFolder), "see which process id stands in that file, and end it or wait for it", Fault.External, Retry.WithBackoff);
    }

    /// <summary>Takes the lock for the life of this process.</summary>
    /// <exception cref="LeatException">LEAT7002 another process owns the folder.</exception>
    public static DataFolderOwner Become(string dataFolder) => DataFolderLock.TryTake(dataFolder) is { } held
        ? new(null, held)
        : throw new LeatException("LEAT7002", "the data folder belongs to another running leat", DataFolderLock.PathFor(dataFolder), "stop that process (its id stands in that file), or use another --project");

    private static async Task<OwnerConnection?> TryConnectAsync(string dataFolder, CancellationToken ct)
    {
        var path = OwnerSocket.PathFor(dataFolder);
        if (!File.Exists(path)) return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
            return new OwnerConnection(socket);
        }
        catch (SocketException)
        {
            // A socket file that nobody listens on is left by a killed owner; the lock decides.
            socket.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null) await Connection.DisposeAsync();
        _held?.Dispose();
    }
}
