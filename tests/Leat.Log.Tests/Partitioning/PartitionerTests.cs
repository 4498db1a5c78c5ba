using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests;

public sealed class PartitionerTests
{
    /// <summary>Values of Apache Kafka's own UtilsTest.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Given_a_key_When_hashed_Then_equal_to_Kafka(string key, int hash)
    {
        Assert.Equal(hash, (int)Murmur2.Of(Encoding.UTF8.GetBytes(key)));
        Assert.Equal((hash & 0x7FFFFFFF) % 7, Partitioner.For(Encoding.UTF8.GetBytes(key), 7));
    }

    [Fact]
    public async Task Given_keyed_records_When_flushed_Then_each_is_in_the_partition_of_its_key_and_a_repetition_stores_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        var topic = await log.CreateTopicAsync("t", new TopicOptions { Partitions = 4 }, default);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var appender = new TopicAppender(log, topic);
            for (var i = 0; i < 100; i++) Assert.Equal(Partitioner.For(Key(i), 4), appender.Add(i, Key(i), "v"u8));
            Assert.Equal(100, appender.Count);
            var results = await appender.FlushAsync("flush-1", default);
            Assert.Equal(100, results.Sum(r => r.Result.Count));
            Assert.All(results, r => Assert.Equal(attempt == 1, r.Result.Duplicate));
            Assert.Equal(0, appender.Count);
        }
        for (var p = 0; p < 4; p++)
        {
            var lines = await LogText.ReadAllAsync(log, new TopicPartition("t", p), 0);
            var expected = Enumerable.Range(0, 100).Where(i => Partitioner.For(Key(i), 4) == p).Select(i => $"key-{i}");
            Assert.Equal(expected, lines.Select(l => l.Split(' ')[2].Split('=')[0]));
        }
    }

    private static byte[] Key(int i) => Encoding.UTF8.GetBytes($"key-{i}");
}
