using System.Diagnostics;
using System.Text.Json.Nodes;
using Leat.Conformance;

namespace Storefront.Tests;

/// <summary>The storefront program as a process of its own.</summary>
internal sealed class DemoProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private DemoProcess(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the program with a data folder of its own.</summary>
    public static DemoProcess Start(string dataFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Storefront")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Append("--project").Append(Path.Combine(RepositoryRoot.Path, "examples/storefront"))) start.ArgumentList.Add(argument);
        start.Environment["LEAT_DATA_FOLDER"] = dataFolder;
        return new DemoProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end and returns the JSON object on standard output.</summary>
    public async Task<JsonObject> JsonAsync()
    {
        var output = await _out;
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, $"exit {_process.ExitCode}\n{output}\n{await _error}");
        return JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>Kills the process (SIGKILL) after a while; false when it had ended before.</summary>
    public async Task<bool> KillAfterAsync(TimeSpan delay)
    {
        using var patience = new CancellationTokenSource(delay);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return true;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
