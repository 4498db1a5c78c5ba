using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>The child process of <see cref="BusyKillTests"/>: appends, transactions over two partitions, compaction and retention at once, until it is killed. Standard output says what was acknowledged.</summary>
internal sealed class BusyWriter(EmbeddedLog log, TextWriter output, int seed)
{
    private readonly Lock _turn = new();

    public static async Task<int> RunAsync(string folder, int seed, string point)
    {
        ChildProcess.EndWithParent();
        var options = new EmbeddedLogOptions { UpkeepInterval = TimeSpan.FromMilliseconds(100), IndexIntervalBytes = 4096 };
        await using var log = EmbeddedLog.Open(folder, new EmbeddedLogParts { Options = options, Files = point == "-" ? new DurableFiles() : new DurableFiles(KillPoint.Parse(point)) });
        await log.CreateTopicAsync("plain", new TopicOptions { SegmentBytes = 128 << 10 }, default);
        await log.CreateTopicAsync("pair", new TopicOptions { Partitions = 2, SegmentBytes = 64 << 10 }, default);
        await log.CreateTopicAsync("keyed", new TopicOptions { SegmentBytes = 64 << 10, Cleanup = CleanupPolicy.Compact, DirtyRatio = 0.2 }, default);
        await log.CreateTopicAsync("short", new TopicOptions { SegmentBytes = 64 << 10, RetentionBytes = 200_000 }, default);
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var writer = new BusyWriter(log, output, seed);
        writer.Say("ready");
        await Task.WhenAll(Task.Run(() => writer.Append("plain", keyed: false)), Task.Run(() => writer.Append("short", keyed: false)), Task.Run(() => writer.Append("keyed", keyed: true)), Task.Run(writer.Transactions));
        return 0;
    }

    private async Task Append(string topic, bool keyed)
    {
        var random = new Random(seed + topic.Length);
        for (var i = 0; ; i++)
        {
            var batch = new RecordBatchBuilder();
            var count = random.Next(1, 6);
            var lines = new List<string>();
            for (var j = 0; j < count; j++)
            {
                var (key, name) = (keyed ? $"k{random.Next(20)}" : "", $"{seed}.{i}.{j}");
                batch.Add(i, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{name}:{new string('x', random.Next(1200))}"));
                lines.Add($"{name} {key}");
            }
            var result = await log.AppendAsync(new TopicPartition(topic, 0), batch, random.Next(2) == 0 ? $"{seed}.{topic}.{i}" : null, default);
            for (var j = 0; j < count; j++) Say($"{topic} {result.BaseOffset + j} {lines[j]}");
        }
    }

    private async Task Transactions()
    {
        var random = new Random(seed);
        await using var producer = await log.OpenProducerAsync("pair", TimeSpan.FromMinutes(1), default);
        for (var i = 0; ; i++)
        {
            await producer.BeginAsync(default);
            for (var p = 0; p < 2; p++)
            {
                var batch = new RecordBatchBuilder();
                batch.Add(i, [], Encoding.UTF8.GetBytes($"{seed}.{i}:{new string('y', random.Next(500))}"));
                await producer.AppendAsync(new TopicPartition("pair", p), batch, default);
            }
            var commit = random.Next(3) > 0;
            Say(string.Create(CultureInfo.InvariantCulture, $"{(commit ? "committing" : "aborting")} {seed}.{i}"));
            if (commit) await producer.CommitAsync(default);
            else await producer.AbortAsync(default);
            Say(string.Create(CultureInfo.InvariantCulture, $"{(commit ? "committed" : "aborted")} {seed}.{i}"));
        }
    }

    private void Say(string line)
    {
        lock (_turn) output.WriteLine(line);
    }
}
