using System.Diagnostics;

namespace Leat.Web.Tests;

/// <summary>`node web/mock/server.mjs` as a child process on a free loopback port; ends with its owner.</summary>
internal sealed class MockServer : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private readonly Process _process;

    private MockServer(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<MockServer> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Repository.Web, RedirectStandardOutput = true };
        foreach (var argument in (string[])["mock/server.mjs", .. arguments]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
                return new MockServer(process, line[Announcement.Length..]);
        throw new InvalidOperationException($"the mock server ended with exit code {process.ExitCode} before it listened");
    }

    /// <summary>Stops it at once, as a server that dies.</summary>
    public async Task KillAsync()
    {
        if (_process.HasExited) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
