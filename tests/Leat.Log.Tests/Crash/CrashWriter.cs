using System.Globalization;
using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>The child process of the crash tests: appends until it is killed and says on standard output what was acknowledged.</summary>
internal static class CrashWriter
{
    public static async Task<int> RunAsync(string folder, int seed)
    {
        ChildProcess.EndWithParent();
        await using var log = EmbeddedLog.Open(folder);
        var topic = await log.CreateTopicAsync("t", new TopicOptions { Partitions = 2, SegmentBytes = 256 << 10 }, default);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var turn = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(producer => Task.Run(async () =>
        {
            var random = new Random((seed * 31) + producer);
            for (var i = 0; ; i++)
            {
                var batch = new RecordBatchBuilder();
                var count = random.Next(1, 20);
                for (var j = 0; j < count; j++) batch.Add(i, [], Encoding.UTF8.GetBytes($"{seed}.{producer}.{i}.{j}:{new string('x', random.Next(1500))}"));
                var partition = producer % topic.Partitions;
                var key = random.Next(2) == 0 ? $"{seed}.{producer}.{i}" : null;
                var result = await log.AppendAsync(new TopicPartition("t", partition), batch, key, default);
                await turn.WaitAsync();
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{partition} {result.BaseOffset} {count} {seed}.{producer}.{i}"));
                turn.Release();
            }
        })));
        return 0;
    }
}
