using System.Collections.Concurrent;
using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Topics change and go while they are used.</summary>
public sealed class TopicChangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Settings => Path.Combine(_folder.Path, "t", TopicStore.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_settings_that_change_When_reopened_Then_all_of_them_are_kept()
    {
        var wanted = new TopicOptions
        {
            Partitions = 3, Durability = Durability.Interval, SegmentBytes = 1 << 20, SegmentAge = TimeSpan.FromMinutes(5), Cleanup = CleanupPolicy.CompactAndDelete,
            Retention = TimeSpan.FromDays(3), RetentionBytes = 1 << 30, TombstoneRetention = TimeSpan.FromHours(2), DirtyRatio = 0.25, Compression = Compression.Lz4, MaxBatchBytes = 5000, RecordTime = RecordTime.Appended,
        };
        await using (var log = await Batches.Open(_folder.Path))
        {
            Assert.Equal(wanted, (await log.ChangeTopicAsync("t", wanted, default)).Options);
            await Fails("LEAT2003", async () => await log.ChangeTopicAsync("t", wanted with { Partitions = 2 }, default));
            await Fails("LEAT2001", async () => await log.ChangeTopicAsync("u", wanted, default));
            await Fails("LEAT2012", async () => await log.AppendAsync(Batches.First, Batches.Of(new string('x', 6000)), null, default));
        }
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Equal(new TopicInfo("t", 3, wanted), await again.FindTopicAsync("t", default));
    }

    [Fact]
    public async Task Given_a_settings_file_of_an_older_version_When_opened_Then_what_it_lacks_has_its_default()
    {
        await using (var log = await Batches.Open(_folder.Path)) await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
        await File.WriteAllTextAsync(Settings, """{ "partitions": 1, "durability": "interval", "segment_bytes": 65536 }""");
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Equal(new TopicOptions { Durability = Durability.Interval, SegmentBytes = 65536 }, (await again.FindTopicAsync("t", default))!.Options);
        Assert.Equal(["a"], await Batches.Values(again));
    }

    [Fact]
    public async Task Given_any_flipped_bit_in_a_settings_file_When_opened_Then_LEAT2005_or_the_same_settings()
    {
        var wanted = new TopicOptions { SegmentBytes = 1 << 20, Retention = TimeSpan.FromDays(3), Cleanup = CleanupPolicy.Compact };
        await using (await Batches.Open(_folder.Path, null, wanted))
        {
        }
        var good = await File.ReadAllBytesAsync(Settings);
        var refused = 0;
        for (var bit = 0; bit < good.Length * 8; bit += Property.Full ? 1 : 7)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(Settings, bad);
            try
            {
                Assert.Equal(wanted, Assert.Single(new TopicStore(_folder.Path, new DurableFiles()).Load()).Options);
            }
            catch (LeatException e) when (e.Code == "LEAT2005")
            {
                refused++;
            }
        }
        Assert.True(refused > 100, $"{refused} refused");
    }

    [Fact]
    public async Task Given_appends_under_way_When_partitions_are_added_Then_none_fails_and_the_new_ones_take_records()
    {
        await using var log = await Batches.Open(_folder.Path, null, new TopicOptions { Durability = Durability.Never });
        using var stop = new CancellationTokenSource();
        var stored = 0;
        var appending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(stored, (await log.AppendAsync(Batches.First, Batches.Of($"{stored}"), null, default)).BaseOffset);
                stored++;
            }
        });
        for (var partitions = 2; partitions <= 6; partitions++)
        {
            await log.ChangeTopicAsync("t", new TopicOptions { Partitions = partitions, Durability = Durability.Never }, default);
            Assert.Equal(0, (await log.AppendAsync(new TopicPartition("t", partitions - 1), Batches.Of("first"), null, default)).BaseOffset);
        }
        await stop.CancelAsync();
        await appending;
        Assert.Equal(stored, (await Batches.Values(log)).Count);
    }

    [Fact]
    public async Task Given_acknowledged_records_without_fsync_When_the_topic_changes_to_fsync_Then_they_are_fsynced_within_the_interval()
    {
        var time = new ManualTimeProvider();
        var synced = new SyncWatch();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Time = time, Files = new DurableFiles(synced) }, new TopicOptions { Durability = Durability.Interval });
        await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
        await log.ChangeTopicAsync("t", new TopicOptions(), default);
        Assert.False(synced.Segment.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(100));
        await synced.Segment.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public Task Given_readers_that_wait_and_producers_When_the_topic_is_deleted_Then_LEAT2001_for_all_and_the_name_is_free() => Property.ForAll(8, 100, async seed =>
    {
        var folder = Path.Combine(_folder.Path, $"{seed}");
        var options = new TopicOptions { Durability = (Durability)(seed % 3), SegmentBytes = 64 << 10, Cleanup = seed % 2 == 0 ? CleanupPolicy.Compact : CleanupPolicy.Delete };
        await using var log = await Batches.Open(folder, null, options);
        var ends = new ConcurrentBag<string>();
        var users = new List<Task>();
        for (var i = 0; i < 3; i++)
        {
            users.Add(Until(ends, async () => await log.Send(new ClientBatch(("k", new string('x', 5000)))) is { Error: not KafkaError.None } refused ? refused.Error.ToString() : null));
            users.Add(Until(ends, async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 300).Select(n => log.Send(new ClientBatch(($"k{n}", "small"))).AsTask()));
                return (await log.Send(new ClientBatch(("k", "small")))).Error is var error and not KafkaError.None ? error.ToString() : null;
            }));
            users.Add(Until(ends, async () =>
            {
                await using var reader = log.OpenReader(Batches.First, 0);
                using var block = await reader.ReadAsync(20_000, TimeSpan.Zero, default);
                return null;
            }));
            users.Add(Until(ends, async () =>
            {
                await using var reader = log.OpenReader(Batches.First, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
                using var block = await reader.ReadAsync(1, Timeout.InfiniteTimeSpan, default);
                return null;
            }));
            users.Add(Until(ends, async () =>
            {
                using var fetch = await log.Fetch(0, 20_000, committedOnly: true);
                return fetch.Error == KafkaError.None ? null : fetch.Error.ToString();
            }));
        }
        users.Add(Until(ends, async () =>
        {
            await log.UpkeepAsync(default);
            return await log.FindTopicAsync("t", default) is null ? "LEAT2001" : null;
        }));
        await Task.Delay(30 + (seed * 7 % 60));
        await log.DeleteTopicAsync("t", default);
        await Task.WhenAll(users).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(ends, e => Assert.True(e is "LEAT2001" or "UnknownTopicOrPartition", e));
        Assert.Equal(users.Count, ends.Count);
        await log.CreateTopicAsync("t", options, default);
        Assert.Equal(0, (await log.Send(new ClientBatch(("k", "new")))).BaseOffset);
        Assert.Equal(["new"], (await log.ReadAsClient(committedOnly: true)).Select(r => r.Value));
        Assert.Empty(Directory.GetDirectories(folder, ".deleted-*"));
    });

    [Fact]
    public async Task Given_left_overs_of_creations_and_deletions_When_opened_Then_removed_or_harmless()
    {
        await using (var log = await Batches.Open(_folder.Path)) await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".deleted-u-1", "0"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "t", DurableFiles.TemporaryPrefix + "x"), new byte[10]);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "half", "0"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "half", "0", "00000000000000000000.log"), []);
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Equal(["t"], (await again.ListTopicsAsync(default)).Select(t => t.Name));
        Assert.Empty(Directory.GetDirectories(_folder.Path, ".deleted-*"));
        Assert.Empty(Directory.GetFiles(_folder.Path, DurableFiles.TemporaryPrefix + "*", SearchOption.AllDirectories));
        await again.CreateTopicAsync("half", new TopicOptions(), default);
        Assert.Equal(0, (await again.AppendAsync(new TopicPartition("half", 0), Batches.Of("x"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_the_nth_operation_fails_When_topics_are_made_changed_and_removed_Then_each_is_as_before_or_as_asked()
    {
        for (var n = 1; ; n++)
        {
            Assert.True(n < 500, "the scenario never ran clean");
            var folder = Path.Combine(_folder.Path, $"{n}");
            var faults = new CountedFaults(n, n % 2 == 0 ? FileFault.Broken() : FileFault.DiskFull(), once: true);
            var done = 0;
            try
            {
                await using var log = EmbeddedLog.Open(folder, new EmbeddedLogParts { Files = new DurableFiles(faults) });
                await Try(async () => await log.CreateTopicAsync("t", new TopicOptions(), default), () => done |= 1);
                await Try(async () => await log.ChangeTopicAsync("t", new TopicOptions { Partitions = 2, SegmentBytes = 1 << 20 }, default), () => done |= 2);
                await Try(async () => await log.DeleteTopicAsync("t", default), () => done |= 4);
            }
            catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2014")
            {
                // Not opened.
            }
            await using var again = EmbeddedLog.Open(folder);
            var found = await again.FindTopicAsync("t", default);
            Assert.True(done < 4 || found is null, $"n={n}: {faults.Hit}: a deleted topic is back");
            if (found is not null) Assert.Equal(0, (await again.AppendAsync(new TopicPartition("t", found.Partitions - 1), Batches.Of("x"), null, default)).BaseOffset);
            if (!faults.Raised)
            {
                Assert.Equal(7, done);
                return;
            }
        }
    }

    private static async Task Try(Func<Task> what, Action succeeded)
    {
        try
        {
            await what();
            succeeded();
        }
        catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2011" or "LEAT2014" or "LEAT2001")
        {
            // Refused: the caller knows.
        }
    }

    /// <summary>Goes on until it ends with an error, which is noted.</summary>
    private static Task Until(ConcurrentBag<string> ends, Func<Task<string?>> turn) => Task.Run(async () =>
    {
        while (true)
        {
            try
            {
                if (await turn() is { } refused)
                {
                    ends.Add(refused);
                    return;
                }
                await Task.Yield();
            }
            catch (LeatException e)
            {
                ends.Add(e.Code == "LEAT2001" ? e.Code : e.Message);
                return;
            }
            catch (ObjectDisposedException e)
            {
                ends.Add(e.Message);
                return;
            }
        }
    });

    private static async Task Fails(string code, Func<Task> what) => Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(what)).Code);

    private sealed class SyncWatch : IFileFaults
    {
        private readonly TaskCompletionSource _segment = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Segment => _segment.Task;

        public FileFault? Before(FileOperation operation, string path, long bytes)
        {
            if (operation == FileOperation.Sync && path.Contains("/t/0/", StringComparison.Ordinal) && path.EndsWith(".log", StringComparison.Ordinal)) _segment.TrySetResult();
            return null;
        }
    }
}
