using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Topics whose batches the log packs: nothing else about them changes.</summary>
public sealed class PackedTopicTests : IDisposable
{
    private const int Count = 60;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(CodecTests.Packings), MemberType = typeof(CodecTests))]
    public async Task Given_a_packed_topic_When_read_restarted_and_asked_by_time_Then_as_a_plain_one(Compression compression)
    {
        var expected = new List<string>();
        await using (var log = await Batches.Open(_folder.Path, null, new TopicOptions { Compression = compression, SegmentBytes = 64 << 10 }))
        {
            for (var i = 0; i < Count; i++) expected.AddRange(await Append(log, i));
            Assert.Equal(expected, await LogText.ReadAllAsync(log, Batches.First, 0, 5000));
        }
        Assert.True(CrashImage.Segments(_folder.Path, "t").Length > 1, "one segment only");
        Assert.True(CrashImage.Segments(_folder.Path, "t").Sum(s => new FileInfo(s).Length) < Count * 9000, "not packed");
        foreach (var index in Directory.GetFiles(_folder.Path, "*.index", SearchOption.AllDirectories)) File.Delete(index);
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Empty(again.Recoveries);
        Assert.Equal(expected, await LogText.ReadAllAsync(again, Batches.First, 0, 5000));
        for (var i = 0; i < Count; i++) Assert.Equal(new AppendResult(i * 2, 2, true), await again.AppendAsync(Batches.First, Batches.Of("x", "y"), $"k{i}", default));
        for (var i = 0; i < Count; i++) Assert.Equal((i * 2) + 1, await again.OffsetAtAsync(Batches.First, 1000 + (i * 10) + 1, default));
        Assert.Equal(Count * 2, await again.OffsetAtAsync(Batches.First, 5000, default));
        await using var reader = again.OpenReader(Batches.First, 7);
        using var block = await reader.ReadAsync(1, TimeSpan.Zero, default);
        Assert.Equal((7, 8, 1), (block!.BaseOffset, block.EndOffsetExcl, block.Count));
    }

    [Fact]
    public async Task Given_a_topic_of_append_time_When_read_and_asked_by_time_Then_the_log_gave_the_times()
    {
        var time = new ManualTimeProvider();
        var start = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using (var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Time = time }, new TopicOptions { RecordTime = RecordTime.Appended, Compression = Compression.Zstd }))
        {
            for (var i = 0; i < 10; i++)
            {
                await log.AppendAsync(Batches.First, Batches.Of($"v{i}", $"w{i}"), null, default);
                time.Advance(TimeSpan.FromMilliseconds(10));
            }
        }
        await using var again = EmbeddedLog.Open(_folder.Path);
        var lines = await LogText.ReadAllAsync(again, Batches.First, 0);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i} {start + (i / 2 * 10)} ={(i % 2 == 0 ? 'v' : 'w')}{i / 2}"), lines);
        for (var i = 0; i < 10; i++) Assert.Equal(i * 2, await again.OffsetAtAsync(Batches.First, start + (i * 10) - 9, default));
        Assert.Equal(start + 90, (await again.DescribeAsync(Batches.First, default)).MaxTimestampMs);
    }

    private static async Task<string[]> Append(EmbeddedLog log, int number)
    {
        var (time, text) = (1000 + (number * 10), new string((char)('a' + (number % 26)), 500) + Noise(number));
        var batch = new RecordBatchBuilder();
        batch.Add(time, "key"u8, Encoding.UTF8.GetBytes(text));
        batch.Add(time + 1, [], Encoding.UTF8.GetBytes(text + text));
        Assert.Equal(new AppendResult(number * 2, 2, false), await log.AppendAsync(Batches.First, batch, $"k{number}", default));
        return [$"{number * 2} {time} key={text} {WellKnownHeaders.IdempotencyKey}:k{number}", $"{(number * 2) + 1} {time + 1} ={text}{text}"];
    }

    private static string Noise(int seed)
    {
        var bytes = new byte[1500];
        new Random(seed).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
