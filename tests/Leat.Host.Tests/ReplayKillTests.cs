using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Log;
using Xunit.Abstractions;

namespace Leat.Host.Tests;

/// <summary>"leat log replay" is killed with SIGKILL again and again and started anew: in the end every letter is back, once.</summary>
public sealed class ReplayKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Letters = 100_000;
    private static readonly int MostKills = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 40 : 6;
    private readonly TemporaryFolder _folder = new();

    private string Project => Path.Combine(_folder.Path, "shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_replay_that_is_killed_When_started_again_until_it_ends_Then_every_letter_is_back_once()
    {
        Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "shop")).Code);
        await FillAsync();
        var random = new Random(3);
        var (kills, inTheMiddle, backSoFar) = (0, 0, 0L);
        for (; kills < MostKills; kills++)
        {
            await using (var replay = LeatProcess.Start(Project, ["log", "replay", "things.dlq", "--json"]))
            {
                if (!await PutsBackAsync(replay)) break;
                await Task.Delay(random.Next(1, 100));
                await replay.KillAsync();
            }
            var back = await CountAsync();
            if (back > backSoFar && back < Letters) inTheMiddle++;
            backSoFar = back;
        }
        Assert.True(inTheMiddle > 0, $"{kills} kills, none while letters went back");
        var last = await LeatProcess.RunAsync(Project, "log", "replay", "things.dlq", "--json");
        Assert.Equal(0, last.Code);
        Assert.Equal(Enumerable.Range(0, Letters), await ReadAsync());
        output.WriteLine($"{kills} kills, {inTheMiddle} of them while letters went back");
    }

    private async Task FillAsync()
    {
        await using var log = EmbeddedLog.Open(Path.Combine(Project, ".leat", "log"));
        await log.CreateTopicAsync("things", new TopicOptions(), default);
        var place = await DeadLetterTopics.OpenAsync(log, "things", default);
        var writer = new DeadLetterWriter();
        for (var from = 0; from < Letters; from += 1000)
        {
            var batch = new RecordBatchBuilder();
            for (var i = from; i < from + 1000; i++)
            {
                var value = Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture));
                writer.Add(batch, new DeadRecord(i, [], value), new DeadLetterReason("LEAT1304", "a reason", "test"));
            }
            await log.AppendAsync(place, batch, null, default);
        }
    }

    /// <summary>Waits until the topic's files grow; false when the replay ended without that.</summary>
    private async Task<bool> PutsBackAsync(LeatProcess replay)
    {
        var before = SizeBytes();
        while (SizeBytes() <= before)
        {
            if (await replay.EndsWithinAsync(TimeSpan.FromMilliseconds(2))) return false;
        }
        return true;
    }

    private long SizeBytes() => Directory.EnumerateFiles(Path.Combine(Project, ".leat", "log", "things"), "*.log", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    private async Task<long> CountAsync() => (await ReadAsync()).Count;

    private async Task<List<int>> ReadAsync()
    {
        await using var log = EmbeddedLog.Open(Path.Combine(Project, ".leat", "log"));
        await using var reader = log.OpenReader(new TopicPartition("things", 0), 0);
        var values = new List<int>();
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var record in block) values.Add(int.Parse(record.Value, CultureInfo.InvariantCulture));
            }
        }
        return values;
    }
}
