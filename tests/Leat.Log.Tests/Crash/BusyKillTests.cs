using Leat.Conformance;
using Xunit.Abstractions;

namespace Leat.Log.Tests;

/// <summary>A busy process is killed with SIGKILL at random moments and at every named point, again and again on the same files.</summary>
public sealed class BusyKillTests(ITestOutputHelper output) : IDisposable
{
    private const int RoundsOnSameFiles = 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_kills_at_random_moments_and_named_points_When_opened_Then_acknowledged_is_stored_in_order_and_once()
    {
        var random = new Random(11);
        var points = Property.Full ? Points(random, 8) : new Queue<KillPoint>(Points(random, 1).Where((_, i) => i % 3 == 0));
        var kills = Property.Full ? 200 : 8;
        var (checker, reached, heard) = (new BusyChecker(), 0, 0);
        for (var round = 0; round < kills; round++)
        {
            if (round % RoundsOnSameFiles == 0) (checker, heard) = (new BusyChecker(), heard + checker.Acknowledged);
            var folder = Path.Combine(_folder.Path, $"{round / RoundsOnSameFiles}");
            var point = round % 5 < 3 && points.Count > 0 ? points.Dequeue() : null;
            var (lines, killedItself) = await Run(folder, round, point, random.Next(100, 900));
            checker.Hear(lines);
            if (killedItself) reached++;
            try
            {
                await checker.CheckAsync(folder);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"round {round}, killed at {point?.ToString() ?? "a random moment"}", e);
            }
        }
        output.WriteLine($"{kills} kills, {reached} of them at named points; {heard + checker.Acknowledged} acknowledged records and transactions checked");
        Assert.True(reached > 1, $"{reached} named points reached");
        Assert.True(heard + checker.Acknowledged > kills, "hardly anything was acknowledged");
    }

    private static Queue<KillPoint> Points(Random random, int times) =>
        new(Enumerable.Range(0, times).SelectMany(_ => LogKillPoints.All.Select(p => new KillPoint(p.Operation, p.Name, random.Next(1, 12)))));

    /// <summary>Runs until the process kills itself, or kills it some time after it is ready.</summary>
    private static async Task<(List<string> Lines, bool KilledItself)> Run(string folder, int seed, KillPoint? point, int afterMs)
    {
        using var process = ChildProcess.Start(typeof(BusyKillTests).Assembly, "busy-writer", folder, $"{seed}", point?.ToString() ?? "-");
        var text = process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(point is null ? 250 + afterMs : 2500));
        var killedItself = true;
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            killedItself = false;
            process.Kill();
        }
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
        var said = await text;
        var end = said.LastIndexOf('\n');
        return ([.. said[..(end + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)], killedItself);
    }
}
