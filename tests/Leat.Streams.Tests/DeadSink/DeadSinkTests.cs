using System.Text.Json;
using Leat.Conformance;
using Xunit.Abstractions;

namespace Leat.Streams.Tests;

/// <summary>Tables and topics that hang or fail for a time: memory stays flat, nothing is lost, and the job is as fast as before when they are back.</summary>
public sealed class DeadSinkTests(ITestOutputHelper output)
{
    private const int MostMb = 96;
    private const int FlatMb = 24;
    private static readonly bool Full = Environment.GetEnvironmentVariable("LEAT_FULL") == "1";

    [Fact]
    public async Task Given_a_table_that_hangs_under_load_When_it_is_back_Then_memory_was_flat_nothing_is_lost_and_the_rate_is_the_earlier_one()
    {
        using var folder = new TemporaryFolder();
        var (steady, dead, hold) = Full ? (15, 120, 10) : (3, 8, 1);
        using var child = ChildProcess.Start(typeof(DeadSinkTests).Assembly, "dead-sink", folder.Path, $"{steady}", $"{dead}", $"{hold}");
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
        output.WriteLine(said);
        var figures = JsonSerializer.Deserialize<DeadSinkFigures>(said)!;
        Assert.Equal((figures.Sent, 0), (figures.Counted, figures.Late));
        Assert.True(figures.Waiting > DeadSinkRun.EventsPerSecond * (dead - hold - 3), $"only {figures.Waiting} events waited: the job was not held");
        Assert.Contains("sink pressure", figures.Diagnosis, StringComparison.Ordinal);
        var standing = figures.Memory.Skip(2 * (hold + 2)).ToList();
        Assert.True(figures.Memory.Max() - figures.MemoryBefore < MostMb && standing.Max() - standing.Min() < FlatMb, $"memory before {figures.MemoryBefore} MB, then {string.Join(' ', figures.Memory)}");
        Assert.True(figures.RateAfter > 0.9 * figures.RateBefore && figures.CatchingRate > figures.RateBefore, said);
    }
}
