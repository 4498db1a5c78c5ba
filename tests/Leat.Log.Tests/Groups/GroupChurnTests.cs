using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Consumers that come and go while records arrive.</summary>
public sealed class GroupChurnTests
{
    private const int Partitions = 6;
    private const int EachPartition = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Given_members_joining_and_leaving_under_load_When_each_commits_what_it_read_Then_every_record_is_read_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path, Coordinators.Parts());
        _ = await log.CreateTopicAsync("t", new TopicOptions { Partitions = Partitions }, default);
        var read = Enumerable.Range(0, Partitions).Select(_ => new List<string>()).ToArray();
        using var done = new CancellationTokenSource(Patience);
        var producing = Task.Run(() => ProduceAsync(log));
        await Task.WhenAll(Enumerable.Range(1, 4).Select(seed => Task.Run(() => ConsumeAsync(log, read, (new Random(seed), done)))));
        await producing;
        var expected = Enumerable.Range(0, EachPartition).Select(i => $"{i}").ToList();
        Assert.All(read, values => Assert.Equal(expected, values));
        Assert.Equal(0, (await log.Groups.LagAsync("g", default)).Sum(l => l.Records));
    }

    private static async Task ProduceAsync(EmbeddedLog log)
    {
        for (var i = 0; i < EachPartition; i += 3)
        {
            for (var p = 0; p < Partitions; p++) _ = await log.AppendAsync(new TopicPartition("t", p), LogValues.Batch($"{i}", $"{i + 1}", $"{i + 2}"), null, default);
        }
    }

    /// <summary>One life after the other, each of a few reads, until everything is read by somebody.</summary>
    private static async Task ConsumeAsync(EmbeddedLog log, List<string>[] read, (Random Random, CancellationTokenSource Done) way)
    {
        while (!way.Done.IsCancellationRequested)
        {
            await using var consumer = log.Groups.Join(new GroupOptions("g", ["t"]));
            for (var left = way.Random.Next(1, 30); left > 0 && !way.Done.IsCancellationRequested; left--)
            {
                using var got = await consumer.ReadAsync(300, TimeSpan.FromMilliseconds(20), default);
                if (got is null) continue;
                lock (read) read[got.Partition.Partition].AddRange(LogValues.Of(got.Block));
                await consumer.CommitAsync(default);
            }
            lock (read)
            {
                if (read.Sum(r => r.Count) >= Partitions * EachPartition) way.Done.Cancel();
            }
        }
    }
}
