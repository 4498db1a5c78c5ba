using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>A process that appends is killed at random times, again and again on the same log; a checker re-reads everything.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_kills_at_random_times_When_reopened_Then_every_acknowledged_batch_is_stored_once_whole_and_at_its_place()
    {
        var rounds = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 20 : 4;
        var random = new Random(7);
        var acknowledged = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            acknowledged.AddRange(await RunAndKill(round, random.Next(50, 700)));
            await Audit(acknowledged, round);
        }
        Assert.True(acknowledged.Count > rounds, $"only {acknowledged.Count} appends were acknowledged");
    }

    private async Task<List<string>> RunAndKill(int seed, int afterMs)
    {
        using var process = ChildProcess.Start(typeof(KillTests).Assembly, "crash-writer", _folder.Path, $"{seed}");
        var lines = new List<string>();
        var first = await process.StandardOutput.ReadLineAsync();
        if (first is not null) lines.Add(first);
        var killed = Task.Run(async () =>
        {
            await Task.Delay(afterMs);
            process.Kill();
        });
        var rest = await process.StandardOutput.ReadToEndAsync();
        await killed;
        await process.WaitForExitAsync();
        var end = rest.LastIndexOf('\n');
        if (end >= 0) lines.AddRange(rest[..end].Split('\n'));
        return lines;
    }

    private async Task Audit(List<string> acknowledged, int round)
    {
        await using var log = EmbeddedLog.Open(_folder.Path);
        Assert.DoesNotContain(log.Recoveries, r => r.Kind != LogRecoveryKind.TornTail);
        var stored = new List<List<string>>();
        for (var p = 0; p < 2; p++)
        {
            var lines = await LogText.ReadAllAsync(log, new TopicPartition("t", p), 0, 1 << 20);
            stored.Add([.. lines.Select(l => l.Split('=')[1].Split(':')[0])]);
            Assert.Equal(stored[p].Count, stored[p].Distinct().Count());
        }
        foreach (var line in acknowledged)
        {
            var parts = line.Split(' ');
            var (partition, offset, count) = (int.Parse(parts[0]), int.Parse(parts[1]), int.Parse(parts[2]));
            var expected = Enumerable.Range(0, count).Select(j => $"{parts[3]}.{j}");
            Assert.True(expected.SequenceEqual(stored[partition].Skip(offset).Take(count)), $"round {round}: acknowledged '{line}' is not at its place");
        }
    }
}
