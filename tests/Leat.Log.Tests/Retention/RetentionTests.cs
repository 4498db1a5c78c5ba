using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Old records go: by time, by bytes, on request; never those that somebody holds or an open transaction needs.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private EmbeddedLogParts Parts => new() { Time = _time, Options = new EmbeddedLogOptions { UpkeepInterval = TimeSpan.FromDays(1) } };

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_retention_by_time_When_it_passes_Then_whole_segments_go_and_at_last_everything()
    {
        await using (var log = await Open(new TopicOptions { SegmentBytes = 64 << 10, Retention = TimeSpan.FromHours(1) }))
        {
            await Fill(log, 9, TimeSpan.FromMinutes(10));
            await log.UpkeepAsync(default);
            Assert.Equal((3, 9), await Range(log));
            Assert.Equal(2, CrashImage.Segments(Live, "t").Length);
            await Fails("LEAT2020", async () => await Read(log, 2));
            Assert.Equal("3", await Read(log, 3));
        }
        await using var again = EmbeddedLog.Open(Live, Parts);
        Assert.Equal((3, 9), await Range(again));
        _time.Advance(TimeSpan.FromHours(2));
        await again.UpkeepAsync(default);
        Assert.Equal((9, 9), await Range(again));
        Assert.Equal(9, (await again.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_retention_by_bytes_When_there_are_more_Then_the_oldest_segments_go()
    {
        await using var log = await Open(new TopicOptions { SegmentBytes = 64 << 10, RetentionBytes = 150_000 });
        await Fill(log, 12, TimeSpan.Zero);
        await log.UpkeepAsync(default);
        Assert.Equal((3, 12), await Range(log));
        await log.ChangeTopicAsync("t", new TopicOptions { SegmentBytes = 64 << 10, RetentionBytes = 0 }, default);
        await log.UpkeepAsync(default);
        Assert.Equal((9, 12), await Range(log));
        await log.ChangeTopicAsync("t", new TopicOptions { SegmentBytes = 64 << 10, Cleanup = CleanupPolicy.Compact, Retention = TimeSpan.Zero }, default);
        await log.UpkeepAsync(default);
        Assert.Equal((9, 12), await Range(log));
    }

    [Fact]
    public async Task Given_an_open_transaction_When_retention_is_due_Then_its_segments_stay_until_it_ends()
    {
        await using var log = await Open(new TopicOptions { SegmentBytes = 64 << 10, Retention = TimeSpan.FromHours(1) });
        await Fill(log, 3, TimeSpan.Zero);
        Assert.Equal(KafkaError.None, (await log.Send(ClientBatch.Of(new string('o', 20_000)) with { ProducerId = 1, Epoch = 0, Sequence = 0, Transactional = true })).Error);
        await Fill(log, 6, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromHours(2));
        await log.UpkeepAsync(default);
        Assert.Equal((3, 3), await Range(log));
        await log.End(1, 0, commit: true);
        _time.Advance(TimeSpan.FromHours(2));
        await log.UpkeepAsync(default);
        Assert.Equal((11, 11), await Range(log));
    }

    [Fact]
    public async Task Given_a_block_that_is_held_When_retention_is_due_Then_its_segment_stays_and_its_bytes_are_right()
    {
        await using var log = await Open(new TopicOptions { SegmentBytes = 64 << 10, Retention = TimeSpan.FromHours(1) });
        await Fill(log, 9, TimeSpan.Zero);
        var reader = log.OpenReader(Batches.First, 3);
        var block = await reader.ReadAsync(100_000, TimeSpan.Zero, default);
        await reader.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(2));
        await log.UpkeepAsync(default);
        Assert.Equal(3, (await Range(log)).Start);
        Assert.Equal(9, await log.DeleteRecordsAsync(Batches.First, -1, default));
        Assert.Single(CrashImage.Segments(Live, "t"));
        Assert.Equal(["3", "4", "5"], Names(block!));
        block!.Dispose();
        Assert.Equal((9, 9), await Range(log));
    }

    [Fact]
    public async Task Given_records_deleted_on_request_When_read_asked_by_time_or_restarted_Then_they_are_gone()
    {
        await using (var log = await Open(new TopicOptions { SegmentBytes = 64 << 10 }))
        {
            await Fill(log, 9, TimeSpan.FromMinutes(1));
            Assert.Equal(4, await log.DeleteRecordsAsync(Batches.First, 4, default));
            Assert.Equal(4, await log.DeleteRecordsAsync(Batches.First, 2, default));
            await Fails("LEAT2020", async () => await log.DeleteRecordsAsync(Batches.First, 10, default));
            await Fails("LEAT2020", async () => await Read(log, 3));
            Assert.Equal("4", await Read(log, 4));
            Assert.Equal(4, await log.OffsetAtAsync(Batches.First, 0, default));
            Assert.Equal(KafkaError.OffsetOutOfRange, (await log.Fetch(3, 100, committedOnly: false)).Error);
        }
        await using (var again = EmbeddedLog.Open(Live, Parts))
        {
            Assert.Equal((4, 9), await Range(again));
            Assert.Equal(9, await again.DeleteRecordsAsync(Batches.First, -1, default));
            Assert.Equal((9, 9), await Range(again));
        }
        await using var last = EmbeddedLog.Open(Live, Parts);
        Assert.Equal((9, 9), await Range(last));
        Assert.Equal(9, await last.OffsetAtAsync(Batches.First, 0, default));
        Assert.Equal(9, (await last.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_an_open_transaction_When_time_is_asked_Then_the_end_that_readers_see()
    {
        await using var log = await Open(new TopicOptions());
        await Fill(log, 2, TimeSpan.Zero);
        await log.Send(ClientBatch.Of("open") with { ProducerId = 1, Epoch = 0, Sequence = 0, Transactional = true, TimeMs = long.MaxValue / 4 });
        Assert.Equal(2, await log.OffsetAtAsync(Batches.First, long.MaxValue / 4, default));
        Assert.Equal(2, await log.OffsetAtAsync(Batches.First, long.MaxValue / 2, default));
    }

    [Fact]
    public async Task Given_a_topic_that_was_empty_for_long_When_its_first_record_comes_Then_the_segment_ages_from_there()
    {
        await using var log = await Open(new TopicOptions { SegmentAge = TimeSpan.FromHours(1) });
        _time.Advance(TimeSpan.FromHours(5));
        await Fill(log, 1, TimeSpan.FromMinutes(59));
        await log.UpkeepAsync(default);
        Assert.Single(CrashImage.Segments(Live, "t"));
        _time.Advance(TimeSpan.FromMinutes(2));
        await log.UpkeepAsync(default);
        Assert.Equal(2, CrashImage.Segments(Live, "t").Length);
    }

    [Fact]
    public Task Given_power_cuts_while_records_are_deleted_When_opened_Then_start_and_end_agree_and_new_records_stay() => Property.ForAll(80, 2000, async seed =>
    {
        var random = new Random(seed);
        var (folder, image) = (Path.Combine(_folder.Path, $"{seed}"), Path.Combine(_folder.Path, $"{seed}-image"));
        var disk = new PowerCutDisk(folder, image, random.Next(5, 60), random);
        var (deleted, stored) = (0L, 0L);
        var durability = (Durability)(seed % 3);
        try
        {
            await using var log = await Batches.Open(folder, new EmbeddedLogParts { Time = _time, Files = new DurableFiles(disk) }, new TopicOptions { SegmentBytes = 64 << 10, Durability = durability });
            for (var i = 0; i < 12; i++)
            {
                stored = (await log.AppendAsync(Batches.First, Batches.Of($"{i}:{new string('x', 15_000)}"), null, default)).BaseOffset + 1;
                if (random.Next(3) == 0) deleted = await log.DeleteRecordsAsync(Batches.First, random.Next((int)deleted, (int)stored + 1), default);
            }
        }
        catch (LeatException e) when (disk.Cut && e.Code is "LEAT2011" or "LEAT2014" or "LEAT2037")
        {
            // The cut.
        }
        if (disk.Cut)
        {
            long next;
            await using (var log = await Batches.Open(image, Parts, new TopicOptions { SegmentBytes = 64 << 10 }))
            {
                var info = await log.DescribeAsync(Batches.First, default);
                Assert.InRange(info.StartOffset, deleted, info.EndOffsetExcl);
                if (durability == Durability.Fsync) Assert.True(info.EndOffsetExcl >= stored, "acknowledged records are lost");
                next = (await log.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset;
                Assert.Equal((next, "next"), (info.EndOffsetExcl, await Read(log, next)));
            }
            await using var again = EmbeddedLog.Open(image, Parts);
            Assert.Equal("next", await Read(again, next));
        }
        foreach (var used in Directory.GetDirectories(_folder.Path)) Directory.Delete(used, true);
    });

    private Task<EmbeddedLog> Open(TopicOptions options) => Batches.Open(Live, Parts, options);

    /// <summary>Records of 20 kB, three a segment, each called by its offset.</summary>
    private async Task Fill(EmbeddedLog log, int count, TimeSpan apart)
    {
        for (var i = 0; i < count; i++)
        {
            var batch = new RecordBatchBuilder();
            var next = (await ((IBatchLog)log).FetchAsync(Batches.First, 0, 1, false)).HighWatermark;
            batch.Add(_time.GetUtcNow().ToUnixTimeMilliseconds(), [], Encoding.UTF8.GetBytes($"{next}:{new string('x', 20_000)}"));
            await log.AppendAsync(Batches.First, batch, null, default);
            _time.Advance(apart);
        }
    }

    private static async Task<(long Start, long End)> Range(EmbeddedLog log)
    {
        var info = await log.DescribeAsync(Batches.First, default);
        return (info.StartOffset, info.EndOffsetExcl);
    }

    private static async Task<string> Read(EmbeddedLog log, long offset)
    {
        await using var reader = log.OpenReader(Batches.First, offset);
        using var block = await reader.ReadAsync(1, TimeSpan.Zero, default);
        return Names(block!)[0];
    }

    private static List<string> Names(RecordBlock block)
    {
        var names = new List<string>();
        foreach (ref readonly var record in block) names.Add(Encoding.UTF8.GetString(record.Value).Split(':')[0]);
        return names;
    }

    private static async Task Fails(string code, Func<Task> what) => Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(what)).Code);
}
