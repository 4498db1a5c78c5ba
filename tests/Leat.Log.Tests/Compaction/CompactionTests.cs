using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Compaction: the newest record of each key stays, whatever happens in between.</summary>
public sealed class CompactionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    private string Partition => Path.Combine(Live, "t", "0");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Given_random_histories_with_restarts_and_kills_When_compacted_Then_as_the_model() => Property.ForAll(12, 300, async seed =>
    {
        var (history, random, generation) = (new KeyedHistory(seed), new Random(seed), 0);
        string Folder() => Path.Combine(_folder.Path, $"{seed}-{generation}");
        var log = await history.Open(Folder());
        for (var step = 0; step < 150; step++)
        {
            await history.Step(log);
            if (random.Next(12) == 0) await history.Check(log, Folder());
            if (random.Next(20) != 0) continue;
            var from = Folder();
            generation++;
            if (random.Next(2) == 0) await log.DisposeAsync();
            CrashImage.Copy(from, Folder());
            await log.DisposeAsync();
            Directory.Delete(from, true);
            if (random.Next(3) == 0)
            {
                foreach (var side in Directory.GetFiles(Folder(), random.Next(2) == 0 ? "*.producers" : "*.index", SearchOption.AllDirectories)) File.Delete(side);
            }
            log = await history.Open(Folder());
            Assert.Empty(log.Recoveries);
            await history.Check(log, Folder());
        }
        await history.EndAll(log);
        await log.UpkeepAsync(default);
        await history.Check(log, Folder());
        await log.DisposeAsync();
        Directory.Delete(Folder(), true);
    });

    [Fact]
    public Task Given_a_kill_at_any_operation_of_a_pass_When_opened_Then_the_old_or_the_new_files_and_no_left_overs() => Property.ForAll(2, 3, async seed =>
    {
        for (var number = 1; ; number += Property.Full ? 1 : 2)
        {
            Assert.True(number < 2000, "the pass never ended");
            var (folder, image) = (Path.Combine(_folder.Path, "run"), Path.Combine(_folder.Path, "image"));
            var history = await Filled(seed, folder);
            var disk = new SnapshotAt(folder, image, number);
            await using (var log = await history.Open(folder, disk)) await log.UpkeepAsync(default);
            if (!disk.Taken)
            {
                Directory.Delete(folder, true);
                return;
            }
            await using (var log = await history.Open(image))
            {
                Assert.Empty(log.Recoveries);
                Assert.Empty(Directory.GetFiles(Path.Combine(image, "t", "0"), DurableFiles.TemporaryPrefix + "*"));
                await history.Check(log, image);
                await log.UpkeepAsync(default);
                await history.Check(log, image);
            }
            foreach (var used in Directory.GetDirectories(_folder.Path)) Directory.Delete(used, true);
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_the_nth_operation_of_a_pass_fails_When_tried_again_or_opened_again_Then_nothing_is_lost(bool once)
    {
        for (var n = 1; ; n += Property.Full ? 1 : 3)
        {
            Assert.True(n < 2000, "the pass never ran clean");
            var folder = Path.Combine(_folder.Path, $"{n}");
            var history = await Filled(1, folder);
            var faults = new CountedFaults(n, n % 2 == 0 ? FileFault.Broken() : FileFault.DiskFull(), once);
            try
            {
                await using var log = await history.Open(folder, faults);
                await log.UpkeepAsync(default);
                await log.UpkeepAsync(default);
                faults.IsOff = true;
                await history.Check(log, folder);
                faults.IsOff = false;
            }
            catch (LeatException e) when (e.Code is "LEAT2010" or "LEAT2014")
            {
                // The log could not be opened.
            }
            await using (var log = await history.Open(folder))
            {
                await history.Check(log, folder);
                await log.UpkeepAsync(default);
                await history.Check(log, folder);
            }
            Directory.Delete(folder, true);
            if (!faults.Raised) return;
        }
    }

    [Fact]
    public async Task Given_readers_beside_compaction_When_passes_run_Then_no_error_and_each_sees_whole_truth()
    {
        await using var log = await Batches.Open(Live, null, KeyedHistory.Options);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Property.Full ? 30 : 2));
        var reads = 0;
        var writing = Task.Run(async () =>
        {
            var random = new Random(1);
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var values = Enumerable.Range(0, 5).Select(_ => ($"k{random.Next(20)}", (string?)new string('x', random.Next(3000)))).ToArray();
                Assert.Equal(KafkaError.None, (await log.Send(new ClientBatch([.. values.Select(v => ((string?)v.Item1, v.Item2))]) { Compression = (Compression)random.Next(5) })).Error);
            }
        });
        var compacting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await log.UpkeepAsync(default);
        });
        var reading = Enumerable.Range(0, 3).Select(r => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (r == 0) _ = await log.ReadAsClient(committedOnly: r == 0, 0, 20_000);
                else _ = await TransactionHistory.ReadCommitted(log, 0, r * 10_000);
                Interlocked.Increment(ref reads);
                await Task.Yield();
            }
        }));
        await Task.WhenAll([writing, compacting, .. reading]);
        Assert.True(reads > 5, $"only {reads} reads");
        Assert.Contains(CrashImage.Segments(Live, "t"), s => Path.GetFileName(s).Contains('-', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_many_small_segments_When_compacted_Then_neighbours_become_one_and_reading_starts_anywhere()
    {
        var time = new ManualTimeProvider();
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Time = time, Options = KeyedHistory.LogOptions }, KeyedHistory.Options with { SegmentAge = TimeSpan.FromSeconds(1) });
        for (var i = 0; i < 20; i++)
        {
            await log.Send(new ClientBatch(($"k{i % 3}", $"v{i}"), ($"only{i}", "x")));
            time.Advance(TimeSpan.FromSeconds(2));
            await log.UpkeepAsync(default);
        }
        Assert.Equal(2, CrashImage.Segments(Live, "t").Length);
        for (var from = 0; from <= 40; from++)
        {
            var expected = Enumerable.Range(0, 40).Where(o => o >= from && (o % 2 == 1 || o / 2 >= 17)).Select(o => o % 2 == 1 ? $"{o} x" : $"{o} v{o / 2}");
            Assert.Equal(expected, await TransactionHistory.ReadCommitted(log, from, 200));
        }
    }

    [Fact]
    public async Task Given_tombstones_and_a_restart_When_their_time_is_over_Then_they_go_although_nothing_new_was_written()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var parts = new EmbeddedLogParts { Time = time, Options = KeyedHistory.LogOptions };
        await using (var log = await Batches.Open(Live, parts, KeyedHistory.Options with { SegmentAge = TimeSpan.FromSeconds(1) }))
        {
            await log.Send(new ClientBatch(("k", "v"), ("other", "w"), ("k", null)));
            time.Advance(TimeSpan.FromSeconds(2));
            await log.UpkeepAsync(default);
            Assert.Equal([1, 2], (await log.ReadAsClient(committedOnly: true)).Select(r => r.Offset));
        }
        await using var again = EmbeddedLog.Open(Live, parts);
        time.Advance(TimeSpan.FromMinutes(59));
        await again.UpkeepAsync(default);
        Assert.Equal([1, 2], (await again.ReadAsClient(committedOnly: true)).Select(r => r.Offset));
        time.Advance(TimeSpan.FromMinutes(2));
        await again.UpkeepAsync(default);
        Assert.Equal([1], (await again.ReadAsClient(committedOnly: true)).Select(r => r.Offset));
        Assert.Equal(3, (await again.DescribeAsync(Batches.First, default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_an_abort_marker_that_compaction_removed_When_killed_before_the_next_snapshot_Then_later_transactions_of_the_producer_are_seen()
    {
        var time = new ManualTimeProvider();
        var parts = new EmbeddedLogParts { Time = time, Options = KeyedHistory.LogOptions };
        var image = Path.Combine(_folder.Path, "image");
        await using (var log = await Batches.Open(Live, parts, KeyedHistory.Options with { SegmentAge = TimeSpan.FromSeconds(1) }))
        {
            await log.Send(new ClientBatch(("a", "lost")) { ProducerId = 5, Epoch = 0, Sequence = 0, Transactional = true });
            await log.End(5, 0, commit: false);
            await log.Send(new ClientBatch(("b", "kept")) { ProducerId = 5, Epoch = 0, Sequence = 1, Transactional = true });
            await log.End(5, 0, commit: true);
            time.Advance(TimeSpan.FromHours(3));
            await log.UpkeepAsync(default);
            Assert.Equal([2], (await log.ReadAsClient(committedOnly: true, 0, 100_000)).Select(r => r.Offset));
            CrashImage.Copy(Live, image);
        }
        await using var again = EmbeddedLog.Open(image, parts);
        Assert.Equal([2], (await again.ReadAsClient(committedOnly: true, 0, 100_000)).Select(r => r.Offset));
    }

    [Fact]
    public async Task Given_more_keys_than_the_memory_holds_When_compacted_Then_part_by_part_also_within_one_segment()
    {
        const int keys = 40_000;
        var time = new ManualTimeProvider();
        var parts = new EmbeddedLogParts { Time = time, Options = new EmbeddedLogOptions { CompactionMemoryBytes = 1 << 20, UpkeepInterval = TimeSpan.FromDays(1) } };
        await using var log = await Batches.Open(Live, parts, KeyedHistory.Options with { SegmentBytes = 1 << 30, SegmentAge = TimeSpan.FromSeconds(1) });
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < keys; i += 1000) await log.Send(new ClientBatch([.. Enumerable.Range(i, 1000).Select(k => ((string?)$"k{k}", (string?)$"{round}"))]));
        }
        time.Advance(TimeSpan.FromSeconds(2));
        var ends = new List<long>();
        for (var pass = 0; pass < 20 && ends.LastOrDefault() < 2 * keys; pass++)
        {
            await log.UpkeepAsync(default);
            ends.Add(OffsetFile.Read(Partition, OffsetFile.Compacted));
            time.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.True(ends.Count >= 4, $"{ends.Count} passes: {string.Join(", ", ends)}");
        Assert.Equal(2 * keys, ends[^1]);
        var left = await log.ReadAsClient(committedOnly: true, 0, 1 << 20);
        Assert.Equal(keys, left.Count);
        Assert.All(left, r => Assert.Equal("1", r.Value));
    }

    [Fact]
    public async Task Given_left_overs_of_a_killed_pass_When_opened_Then_removed()
    {
        var history = await Filled(3, Live);
        var before = Path.Combine(_folder.Path, "before");
        CrashImage.Copy(Live, before);
        await using (var log = await history.Open(Live)) await log.UpkeepAsync(default);
        var compacted = CrashImage.Segments(Live, "t");
        foreach (var old in CrashImage.Segments(before, "t").SkipLast(1)) File.Copy(old, old.Replace(before, Live, StringComparison.Ordinal), overwrite: true);
        await File.WriteAllBytesAsync(Path.Combine(Partition, DurableFiles.TemporaryPrefix + "x"), new byte[1000]);
        Assert.True(CrashImage.Segments(Live, "t").Length > compacted.Length);
        await using var again = await history.Open(Live);
        Assert.Equal(compacted, CrashImage.Segments(Live, "t"));
        Assert.Empty(again.Recoveries);
        Assert.Empty(Directory.GetFiles(Partition, DurableFiles.TemporaryPrefix + "*"));
        await history.Check(again, Live);
    }

    [Fact]
    public async Task Given_a_pass_that_cannot_be_finished_When_tried_again_and_again_Then_no_files_pile_up()
    {
        var history = await Filled(4, Live);
        var faults = new RenameFaults();
        await using var log = await history.Open(Live, faults);
        for (var i = 0; i < 5; i++) await log.UpkeepAsync(default);
        Assert.True(faults.Raised > 3);
        Assert.Empty(Directory.GetFiles(Partition, DurableFiles.TemporaryPrefix + "*"));
        await history.Check(log, Live);
    }

    [Fact]
    public async Task Given_a_batch_that_cannot_be_unpacked_When_upkeep_runs_Then_the_other_partitions_get_theirs()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var parts = new EmbeddedLogParts { Time = time, Options = KeyedHistory.LogOptions };
        await using (var log = await Batches.Open(Live, parts, KeyedHistory.Options with { SegmentAge = TimeSpan.FromSeconds(1) }))
        {
            await log.Send(new ClientBatch(("k", new string('v', 100))) { Compression = Compression.Gzip });
            await log.CreateTopicAsync("u", new TopicOptions { Retention = TimeSpan.FromHours(1) }, default);
            await log.AppendAsync(new TopicPartition("u", 0), Batches.Of("old"), null, default);
        }
        var file = CrashImage.Segments(Live, "t")[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(BatchHeader.Size + 12, 8).Fill(0xEE);
        BatchHeader.WriteCrc(bytes, default);
        await File.WriteAllBytesAsync(file, bytes);
        await using var again = EmbeddedLog.Open(Live, parts);
        time.Advance(TimeSpan.FromHours(2));
        await again.UpkeepAsync(default);
        Assert.Equal(1, (await again.DescribeAsync(new TopicPartition("u", 0), default)).StartOffset);
    }

    private static async Task<KeyedHistory> Filled(int seed, string folder)
    {
        var history = new KeyedHistory(seed);
        await using var log = await history.Open(folder);
        for (var step = 0; step < 90; step++) await history.Step(log, passes: false);
        await history.EndAll(log);
        return history;
    }

    private sealed class RenameFaults : IFileFaults
    {
        public int Raised { get; private set; }

        public FileFault? Before(FileOperation operation, string path, long bytes)
        {
            if (operation != FileOperation.Rename || !path.EndsWith(Segment.Extension, StringComparison.Ordinal)) return null;
            Raised++;
            return FileFault.Broken();
        }
    }
}
