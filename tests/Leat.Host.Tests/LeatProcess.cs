using System.Diagnostics;
using System.Text.Json;

namespace Leat.Host.Tests;

/// <summary>The Leat program as a process of its own.</summary>
internal sealed class LeatProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _error;

    private LeatProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where its HTTP face listens, once it is up.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<CommandLineRun> RunAsync(string folder, params string[] args)
    {
        await using var process = Start(folder, args);
        var output = await process._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process._process.WaitForExitAsync().WaitAsync(Patience);
        return new CommandLineRun(process._process.ExitCode, output, await process._error);
    }

    /// <summary>Starts <c>leat up</c> on a free port and waits until it is ready.</summary>
    public static async Task<LeatProcess> UpAsync(string folder)
    {
        var process = Start(folder, ["up", "--port", "0", "--json"]);
        var line = await process._process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null) throw new InvalidOperationException($"'leat up' ended before it was ready: {await process._error}");
        process.Address = new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!);
        return process;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code it leads to.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Whether it ended by itself in that time.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    /// <summary>Starts a command line.</summary>
    public static LeatProcess Start(string folder, string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Leat.Host")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return new LeatProcess(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
