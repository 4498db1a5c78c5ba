using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;

namespace Leat.Log.Tests;

/// <summary>The Kafka port over the log in a folder, as a process of its own that can be killed.</summary>
internal sealed class PortProcess : IDisposable
{
    private readonly Process _process;

    private PortProcess(Process process, string bootstrap) => (_process, Bootstrap) = (process, bootstrap);

    public string Bootstrap { get; }

    public int Port => IPEndPoint.Parse(Bootstrap).Port;

    /// <summary>The child process itself: serves until its standard input ends.</summary>
    public static async Task<int> RunAsync(string folder, int port)
    {
        var settings = new EmbeddedLogOptions();
        settings.Groups.InitialRebalanceDelay = TimeSpan.Zero;
        await using var log = EmbeddedLog.Open(folder, new EmbeddedLogParts { Options = settings });
        using var meter = new Meter("port-process");
        await using var served = KafkaPort.Open(new KafkaPortParts(log, log, log.GroupCoordinator, log.TransactionCoordinator)
        {
            Options = new KafkaPortOptions { KafkaPort = port },
            Metrics = new LogMetrics(meter),
            Logger = new ErrorStreamLogger(),
        });
        Console.WriteLine(served.EndPoint);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="folder">Folder of the log.</param>
    /// <param name="port">Port; 0 = any free one.</param>
    public static async Task<PortProcess> StartAsync(string folder, int port = 0)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PortProcess).Assembly.Location, "kafka-port", folder, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return line is null ? throw new InvalidOperationException($"the port did not open: exit code {process.ExitCode}") : new PortProcess(process, line);
    }

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
