using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>Old records go by time, by size and on request, in whole segments and for good; what is held stays.</summary>
public sealed class RetentionTests : IDisposable
{
    private static readonly TopicOptions Small = new() { SegmentBytes = 64 << 10 };
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_records_of_two_days_When_one_day_is_kept_Then_the_older_segments_go()
    {
        await using var log = await Open(Small with { Retention = TimeSpan.FromDays(1) });
        await AppendAsync(log, 40);
        _time.Advance(TimeSpan.FromHours(30));
        await AppendAsync(log, 40);
        await log.UpkeepAsync(default);
        var info = await log.DescribeAsync(Batches.First, default);
        Assert.InRange(info.StartOffset, 30, 40);
        Assert.Equal(80, info.EndOffsetExcl);
        _time.Advance(TimeSpan.FromHours(30));
        await log.UpkeepAsync(default);
        Assert.Equal((80, 80), (await Range(log)));
        Assert.Equal(80, (await log.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_a_limit_of_bytes_When_more_is_there_Then_the_oldest_segments_go_also_from_the_disk()
    {
        await using var log = await Open(Small with { RetentionBytes = 200_000 });
        await AppendAsync(log, 100);
        await log.UpkeepAsync(default);
        var info = await log.DescribeAsync(Batches.First, default);
        Assert.InRange(info.SizeBytes, 200_000, 200_000 + (64 << 10));
        Assert.Equal(info.SizeBytes, CrashImage.Segments(_folder.Path, "t").Sum(f => new FileInfo(f).Length));
        Assert.Equal("LEAT2020", (await Assert.ThrowsAsync<LeatException>(async () => await log.OpenReader(Batches.First, 0).ReadAsync(100, TimeSpan.Zero, default))).Code);
    }

    [Fact]
    public async Task Given_a_block_of_an_old_segment_is_held_When_upkeep_runs_Then_the_segment_stays_until_it_is_disposed()
    {
        await using var log = await Open(Small with { RetentionBytes = 0 });
        await AppendAsync(log, 40);
        await using var reader = log.OpenReader(Batches.First, 0);
        var block = (await reader.ReadAsync(1, TimeSpan.Zero, default))!;
        await log.UpkeepAsync(default);
        Assert.Equal(0, (await Range(log)).Start);
        foreach (ref readonly var record in block) Assert.Equal((byte)'0', record.Value[0]);
        block.Dispose();
        await log.UpkeepAsync(default);
        Assert.InRange((await Range(log)).Start, 20, 40);
    }

    [Fact]
    public async Task Given_records_are_deleted_inside_a_segment_When_opened_again_Then_they_stay_deleted()
    {
        await using (var log = await Open(Small))
        {
            await AppendAsync(log, 40);
            Assert.Equal(25, await log.DeleteRecordsAsync(Batches.First, 25, default));
            Assert.Equal(25, await log.DeleteRecordsAsync(Batches.First, 10, default));
            Assert.Equal("LEAT2020", (await Assert.ThrowsAsync<LeatException>(async () => await log.DeleteRecordsAsync(Batches.First, 41, default))).Code);
        }
        await using var again = await Open(Small);
        Assert.Equal((25, 40), await Range(again));
        Assert.Equal(40, await again.DeleteRecordsAsync(Batches.First, -1, default));
        Assert.Equal((40, 40), await Range(again));
        Assert.Equal(40, (await again.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_files_that_were_removed_are_back_after_a_power_cut_When_opened_Then_they_are_removed_again()
    {
        var image = Path.Combine(_folder.Path, "image");
        var live = Path.Combine(_folder.Path, "live");
        await using (var log = await Batches.Open(live, null, Small))
        {
            await AppendAsync(log, 40);
            CrashImage.Copy(live, image);
            await log.DeleteRecordsAsync(Batches.First, 35, default);
        }
        foreach (var file in CrashImage.Segments(image, "t"))
        {
            var back = file.Replace(image, live, StringComparison.Ordinal);
            if (!File.Exists(back)) File.Copy(file, back);
        }
        await using var again = await Batches.Open(live, null, Small);
        Assert.Equal((35, 40), await Range(again));
        Assert.Empty(again.Recoveries);
    }

    [Fact]
    public async Task Given_a_topic_is_deleted_When_used_Then_LEAT2001_and_the_name_is_free_for_an_empty_topic()
    {
        await using var log = await Open(Small);
        await AppendAsync(log, 10);
        await using var reader = log.OpenReader(Batches.First, 10);
        var waiting = reader.ReadAsync(100, TimeSpan.FromSeconds(30), default).AsTask();
        await log.DeleteTopicAsync("t", default);
        Assert.Equal("LEAT2001", (await Assert.ThrowsAsync<LeatException>(() => waiting)).Code);
        Assert.Equal("LEAT2001", (await Assert.ThrowsAsync<LeatException>(async () => await log.AppendAsync(Batches.First, Batches.Of("x"), null, default))).Code);
        await log.CreateTopicAsync("t", Small, default);
        Assert.Equal((0, 0), await Range(log));
        Assert.Equal(["t"], Directory.GetDirectories(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Given_more_partitions_When_added_while_producers_append_Then_all_go_on_and_both_survive_a_restart()
    {
        await using (var log = await Open(Small))
        {
            var appending = AppendAsync(log, 60);
            await log.ChangeTopicAsync("t", Small with { Partitions = 3, Retention = TimeSpan.FromDays(9) }, default);
            await log.AppendAsync(new TopicPartition("t", 2), Batches.Of("new"), null, default);
            await appending;
            Assert.Equal("LEAT2003", (await Assert.ThrowsAsync<LeatException>(async () => await log.ChangeTopicAsync("t", Small, default))).Code);
        }
        await using var again = EmbeddedLog.Open(_folder.Path);
        var topic = (await again.FindTopicAsync("t", default))!;
        Assert.Equal((3, TimeSpan.FromDays(9)), (topic.Partitions, topic.Options.Retention));
        Assert.Equal(60, (await Range(again)).End);
        Assert.Equal(1, (await again.DescribeAsync(new TopicPartition("t", 2), default)).EndOffsetExcl);
    }

    private Task<EmbeddedLog> Open(TopicOptions options) =>
        Batches.Open(_folder.Path, new EmbeddedLogParts { Time = _time, Options = new EmbeddedLogOptions { UpkeepInterval = TimeSpan.FromDays(1), FsyncInterval = TimeSpan.FromMinutes(1) } }, options);

    private async Task AppendAsync(EmbeddedLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var batch = new RecordBatchBuilder();
            batch.Add(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], System.Text.Encoding.UTF8.GetBytes($"0{new string('x', 6000)}"));
            await log.AppendAsync(Batches.First, batch, null, default);
        }
    }

    private static async Task<(long Start, long End)> Range(EmbeddedLog log)
    {
        var info = await log.DescribeAsync(Batches.First, default);
        return (info.StartOffset, info.EndOffsetExcl);
    }
}
