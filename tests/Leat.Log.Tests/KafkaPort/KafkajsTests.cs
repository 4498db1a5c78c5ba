using System.Diagnostics;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>kafkajs at the port: tests/kafkajs/client.mjs does each scenario and checks it itself.</summary>
public sealed class KafkajsTests
{
    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "kafkajs");

    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "kafkajs"));

    [KafkajsTheory]
    [InlineData("produce")]
    [InlineData("groups")]
    [InlineData("transactions")]
    [InlineData("admin")]
    public async Task Given_the_port_When_kafkajs_does_a_scenario_Then_all_it_checks_holds(string scenario)
    {
        await using var fixture = PortFixture.Open();
        using var process = Process.Start(new ProcessStartInfo("node", ["client.mjs", scenario, fixture.Bootstrap]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        Assert.True(process.HasExited && process.ExitCode == 0, $"{scenario}: {await output} {await error}");
    }
}
