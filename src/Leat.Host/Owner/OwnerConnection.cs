using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Host.CommandLine;

namespace Leat.Host.Owner;

/// <summary>A caller's connection to the process that owns the data folder.</summary>
internal sealed class OwnerConnection(Socket socket) : IAsyncDisposable
{
    private readonly FrameStream _frames = new(new NetworkStream(socket, ownsSocket: true));

    /// <summary>Runs the command line inside the owner and carries its output, exit code and Ctrl-C.</summary>
    public async Task<int> RunAsync(string[] args, VerbConsole console, CancellationToken ct)
    {
        var request = new OwnerRequest(args, console.IsTerminal, console.UsesColour, console.WorkingFolder);
        await _frames.WriteAsync(OwnerFrame.Request, JsonSerializer.SerializeToUtf8Bytes(request, OwnerJson.Default.OwnerRequest), ct);
        await using var cancel = ct.Register(() => _ = _frames.WriteAsync(OwnerFrame.Cancel, default, CancellationToken.None));
        while (await _frames.ReadAsync(CancellationToken.None) is var (kind, body))
        {
            if (kind == OwnerFrame.Exit) return BinaryPrimitives.ReadInt32LittleEndian(body);
            (kind == OwnerFrame.Out ? console.Out : console.Error).Write(Encoding.UTF8.GetString(body));
        }
        throw new LeatException("LEAT7004", "the running 'leat up' ended before the command did", "the owner's socket", "run the command again; see the output of 'leat up' for why it ended", Fault.External, Retry.WithBackoff);
    }

    public ValueTask DisposeAsync() => _frames.DisposeAsync();
}
