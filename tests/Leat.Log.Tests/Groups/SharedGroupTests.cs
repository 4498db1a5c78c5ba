using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>One group, one member in the process of the log, another a Kafka client at its port.</summary>
public sealed class SharedGroupTests
{
    private const int Partitions = 4;
    private const int EachPartition = 200;

    [KcatFact]
    public async Task Given_a_member_in_the_process_and_one_through_the_port_When_both_read_Then_they_share_the_partitions_and_each_record_is_read_once()
    {
        await using var port = PortFixture.Open();
        await port.Log.CreateTopicAsync("t", new TopicOptions { Partitions = Partitions }, default);
        await using var here = port.Log.Groups.Join(new GroupOptions("g", ["t"]));
        var started = new System.Diagnostics.ProcessStartInfo(Kcat.Program, ["-G", "g", "-b", port.Bootstrap, "-q", "-u", "-X", "auto.offset.reset=earliest", "-f", "%p %s\n", "t"]) { RedirectStandardOutput = true };
        using var kcat = System.Diagnostics.Process.Start(started)!;
        try
        {
            var there = new List<string>();
            var listening = Task.Run(async () =>
            {
                while (await kcat.StandardOutput.ReadLineAsync() is { } line)
                {
                    lock (there) there.Add(line);
                }
            });
            await WaitForTwoMembersAsync(port.Log, here);
            for (var i = 0; i < EachPartition; i++)
            {
                for (var p = 0; p < Partitions; p++) await port.Log.AppendAsync(new TopicPartition("t", p), LogValues.Batch($"{i}"), null, default);
            }
            var mine = new List<string>();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (Count() < Partitions * EachPartition)
            {
                using var got = await here.ReadAsync(1 << 20, TimeSpan.FromMilliseconds(50), patience.Token);
                if (got is not null) mine.AddRange(LogValues.Of(got.Block).Select(v => $"{got.Partition.Partition} {v}"));
            }
            Assert.Equal(2, mine.Select(l => l[0]).Distinct().Count());
            lock (there) Assert.Equal(2, there.Select(l => l[0]).Distinct().Count());
            var all = mine.Concat(there).GroupBy(l => l[0]).ToDictionary(g => g.Key, g => g.Select(l => l[2..]).ToList());
            var expected = Enumerable.Range(0, EachPartition).Select(i => $"{i}").ToList();
            Assert.All(all.Values, values => Assert.Equal(expected, values));

            int Count()
            {
                lock (there) return mine.Count + there.Count;
            }
        }
        finally
        {
            kcat.Kill();
        }
    }

    /// <summary>Reads, as a member must to take part, until the other one has its share.</summary>
    private static async Task WaitForTwoMembersAsync(EmbeddedLog log, IGroupConsumer here)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (here.Assignment.Count != Partitions / 2)
        {
            Assert.Null(await here.ReadAsync(1, TimeSpan.FromMilliseconds(20), patience.Token));
        }
    }
}
