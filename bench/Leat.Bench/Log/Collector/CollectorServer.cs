using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary><c>leat up</c> in a process of its own, over a project with one collector source and the Kafka port open.</summary>
internal sealed class CollectorServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private CollectorServer(Process process, string folder) => (_process, _folder) = (process, folder);

    public int Port { get; private set; }

    /// <summary>Where Kafka clients connect to.</summary>
    public string Bootstrap { get; private init; } = "";

    /// <summary>Folder of the server's log; nobody else may open it before the server has ended.</summary>
    public string LogFolder => Path.Combine(_folder, "data", "log");

    public static async Task<CollectorServer> StartAsync(string launcher, string folder, CancellationToken ct)
    {
        var kafkaPort = PeerServer.FreePort();
        Directory.CreateDirectory(Path.Combine(folder, "sources"));
        await File.WriteAllTextAsync(Path.Combine(folder, "leat.yml"), $"name: bench\nlog:\n  kafka_port: {kafkaPort}\n  kafka_partitions: {AppendRun.Partitions}\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "sources", "events.yml"), CollectorEvents.Source, ct);
        var start = new ProcessStartInfo(launcher, ["up", "--port", "0", "--json", "--project", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LEAT_DATA_FOLDER"] = Path.Combine(folder, "data");
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var server = new CollectorServer(process, folder) { Bootstrap = $"127.0.0.1:{kafkaPort}" };
        var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new LeatException("LEAT7030", "'leat up' ended before it was ready", folder, "run it by hand to see why", Fault.External);
        server.Port = new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!).Port;
        return server;
    }

    /// <summary>Anonymous memory of the server (RssAnon), in MB.</summary>
    public double AnonymousMb()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>CPU seconds of the server so far.</summary>
    public double CpuSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Ends the server without an orderly end: what it acknowledged must be there.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
