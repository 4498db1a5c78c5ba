using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary>A server that the benchmark starts on a free port of loopback, in a temporary folder of its own, and ends.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly string _folder;

    private PeerServer(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>Starts the program and waits until it takes connections.</summary>
    /// <param name="start">How; its output is thrown away.</param>
    /// <param name="folder">Removed at the end.</param>
    /// <param name="port">Where it will listen.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<PeerServer> StartAsync(ProcessStartInfo start, string folder, int port, CancellationToken ct)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new PeerServer(process, folder, port);
        var started = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (await AnswersAsync(port, ct)) return server;
            await Task.Delay(Pause, ct);
        }
        await server.DisposeAsync();
        throw new LeatException("LEAT7032", $"'{start.FileName}' did not take connections on port {port}", folder, "run it by hand to see why", Fault.External);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The program in one of the folders or in PATH; null where it is not installed.</summary>
    public static string? Find(string program, params IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            // Not listening yet; asked again.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
