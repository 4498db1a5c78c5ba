using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Leat.Host.CommandLine;

namespace Leat.Host.Owner;

/// <summary>The owner's side of <c>.leat/leat.sock</c>: runs the command lines of callers inside this process. Only this user can connect.</summary>
internal sealed class OwnerSocket : IAsyncDisposable
{
    private const int MaxSocketPath = 100;
    private readonly Socket _listener;
    private readonly string _path;
    private readonly Func<string[], VerbConsole, CancellationToken, Task<int>> _run;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public OwnerSocket(string dataFolder, Func<string[], VerbConsole, CancellationToken, Task<int>> run)
    {
        _run = run;
        _path = PathFor(dataFolder);
        File.Delete(_path);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(16);
        _accepting = AcceptAsync();
    }

    /// <summary>Path of the socket; a data folder with a long path gets one in the temporary folder, named by its hash.</summary>
    public static string PathFor(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "leat.sock");
        if (Encoding.UTF8.GetByteCount(path) <= MaxSocketPath) return path;
        return Path.Combine(Path.GetTempPath(), $"leat-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16]}.sock");
    }

    private async Task AcceptAsync()
    {
        var serving = new HashSet<Task>();
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptAsync(_stop.Token);
                serving.RemoveWhere(t => t.IsCompleted);
                serving.Add(ServeAsync(caller));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        await using var frames = new FrameStream(new NetworkStream(caller, ownsSocket: true));
        try
        {
            if (await frames.ReadAsync(_stop.Token) is not (OwnerFrame.Request, var body)) return;
            var request = JsonSerializer.Deserialize(body, OwnerJson.Default.OwnerRequest)!;
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var listening = CancelWhenAskedAsync(frames, cancel);
            await using var output = new FrameWriter(frames, OwnerFrame.Out);
            await using var error = new FrameWriter(frames, OwnerFrame.Error);
            var code = await _run(request.Args, new VerbConsole(output, error, request.IsTerminal, request.UsesColour, request.WorkingFolder), cancel.Token);
            await output.FlushAsync();
            await error.FlushAsync();
            var exit = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(exit, code);
            await frames.WriteAsync(OwnerFrame.Exit, exit, CancellationToken.None);
            await cancel.CancelAsync();
            await listening;
        }
        catch (IOException)
        {
            // The caller went away; its work was cancelled by CancelWhenAskedAsync.
        }
    }

    private static async Task CancelWhenAskedAsync(FrameStream frames, CancellationTokenSource cancel)
    {
        try
        {
            await frames.ReadAsync(cancel.Token);
            await cancel.CancelAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (!cancel.IsCancellationRequested) await cancel.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        File.Delete(_path);
        _stop.Dispose();
    }
}
