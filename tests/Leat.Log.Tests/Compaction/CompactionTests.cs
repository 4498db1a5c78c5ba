using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Of each key the newest record stays, at its offset; nothing else is changed, whatever happens meanwhile.</summary>
public sealed class CompactionTests : IDisposable
{
    private static readonly TopicOptions Compacted = new() { SegmentBytes = 64 << 10, Cleanup = CleanupPolicy.Compact, DirtyRatio = 0, TombstoneRetention = TimeSpan.FromHours(1) };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Given_random_keys_codecs_passes_and_kills_When_read_Then_the_newest_of_each_key_is_there_at_its_offset() => Property.ForAll(8, 150, async seed =>
    {
        var random = new Random(seed);
        var options = Compacted with { Compression = (Compression)(seed % 5) };
        var folder = Path.Combine(_folder.Path, $"{seed}-0");
        var log = await Batches.Open(folder, null, options);
        var written = new List<(string Key, string? Value)>();
        for (var step = 0; step < 60; step++)
        {
            var what = random.Next(100);
            if (what < 75) await AppendSome(log, random, written);
            else if (what < 90) await log.UpkeepAsync(default);
            else (log, folder) = await ReopenAsync(log, folder, Path.Combine(_folder.Path, $"{seed}-{step + 1}"), options, kill: random.Next(2) == 0);
            if (what >= 75) await CheckAsync(log, written);
        }
        await CheckAsync(log, written);
        await log.DisposeAsync();
    });

    [Fact]
    public async Task Given_many_versions_of_few_keys_When_compacted_Then_space_is_freed_and_small_segments_are_merged()
    {
        await using var log = await Batches.Open(_folder.Path, null, Compacted);
        var written = new List<(string Key, string? Value)>();
        for (var i = 0; i < 400; i++) await Append(log, written, ($"k{i % 7}", $"{i}:{new string('x', 2000)}"));
        var (before, files) = ((await log.DescribeAsync(Batches.First, default)).SizeBytes, CrashImage.Segments(_folder.Path, "t").Length);
        await log.UpkeepAsync(default);
        var info = await log.DescribeAsync(Batches.First, default);
        Assert.Equal((0, 400), (info.StartOffset, info.EndOffsetExcl));
        Assert.True(info.SizeBytes < before / 5, $"{before} bytes became {info.SizeBytes}");
        Assert.True(files > 10 && CrashImage.Segments(_folder.Path, "t").Length <= 2, $"{files} files became {CrashImage.Segments(_folder.Path, "t").Length}");
        await CheckAsync(log, written);
    }

    [Fact]
    public async Task Given_a_tombstone_When_its_time_is_over_Then_it_goes_and_not_before()
    {
        var time = new ManualTimeProvider();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Time = time, Options = new EmbeddedLogOptions { UpkeepInterval = TimeSpan.FromDays(1) } }, Compacted);
        var written = new List<(string Key, string? Value)>();
        await Append(log, written, ("gone", "value"), ("stays", "value"));
        await Append(log, written, ("gone", null));
        await FillAsync(log, written);
        await log.UpkeepAsync(default);
        Assert.Equal(["1 stays=value", "2 gone=null"], (await Lines(log)).Where(l => !l.Contains("filler", StringComparison.Ordinal)));
        time.Advance(TimeSpan.FromMinutes(59));
        await log.UpkeepAsync(default);
        Assert.Contains("2 gone=null", await Lines(log));
        time.Advance(TimeSpan.FromMinutes(2));
        await log.UpkeepAsync(default);
        Assert.DoesNotContain("2 gone=null", await Lines(log));
        Assert.Contains("1 stays=value", await Lines(log));
    }

    [Fact]
    public async Task Given_aborted_and_committed_transactions_When_compacted_Then_only_the_committed_are_left_also_without_side_files()
    {
        var options = Compacted with { TombstoneRetention = TimeSpan.Zero };
        await using (var log = await Batches.Open(_folder.Path, null, options))
        {
            Assert.Equal(KafkaError.None, (await log.Send(new ClientBatch(("k", "aborted")) { ProducerId = 1, Epoch = 0, Sequence = 0, Transactional = true })).Error);
            Assert.Equal(KafkaError.None, await log.End(1, 0, commit: false));
            Assert.Equal(KafkaError.None, (await log.Send(new ClientBatch(("k", "committed")) { ProducerId = 1, Epoch = 0, Sequence = 1, Transactional = true })).Error);
            Assert.Equal(KafkaError.None, await log.End(1, 0, commit: true));
            await FillAsync(log, []);
            await log.UpkeepAsync(default);
            Assert.Contains("2 k=committed", await Lines(log));
            Assert.DoesNotContain("0 k=aborted", (await log.ReadAsClient(committedOnly: false)).Select(r => $"{r.Offset} {r.Key}={r.Value}"));
        }
        foreach (var side in Directory.GetFiles(_folder.Path, "*.producers", SearchOption.AllDirectories)) File.Delete(side);
        await using var again = await Batches.Open(_folder.Path, null, options);
        Assert.Contains("2 k=committed", await Lines(again));
        using var ends = await again.Fetch(long.MaxValue, 0, committedOnly: false);
        Assert.Equal(ends.HighWatermark, ends.LastStableOffset);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_the_nth_operation_of_a_pass_fails_When_opened_again_Then_nothing_is_lost(bool diskFull)
    {
        for (var n = 1; ; n++)
        {
            Assert.True(n < 200, "the pass never ran clean");
            var folder = Path.Combine(_folder.Path, $"{n}");
            var written = new List<(string Key, string? Value)>();
            await using (var log = await Batches.Open(folder, null, Compacted))
            {
                for (var i = 0; i < 60; i++) await Append(log, written, ($"k{i % 5}", $"{i}:{new string('x', 4000)}"));
            }
            var faults = new CountedFaults(n, diskFull ? FileFault.DiskFull(70) : FileFault.Broken(70));
            await Upkeep(folder, faults);
            await using (var again = await Batches.Open(folder, null, Compacted)) await CheckAsync(again, written);
            if (!faults.Raised) return;
        }
    }

    private static async Task Upkeep(string folder, CountedFaults faults)
    {
        try
        {
            await using var log = EmbeddedLog.Open(folder, new EmbeddedLogParts { Files = new DurableFiles(faults) });
            await log.UpkeepAsync(default);
        }
        catch (Core.LeatException e) when (e.Code is "LEAT2010" or "LEAT2011" or "LEAT2014")
        {
            // The log could not even be opened.
        }
    }

    private static async Task AppendSome(EmbeddedLog log, Random random, List<(string Key, string? Value)> written)
    {
        var records = Enumerable.Range(0, random.Next(1, 12)).Select(_ => ($"k{random.Next(20)}", random.Next(8) == 0 ? null : $"{random.Next()}:{new string('v', random.Next(2500))}")).ToArray();
        await Append(log, written, records);
    }

    private static async Task Append(EmbeddedLog log, List<(string Key, string? Value)> written, params (string Key, string? Value)[] records)
    {
        var batch = new RecordBatchBuilder();
        foreach (var (key, value) in records)
        {
            if (value is null) batch.AddTombstone(written.Count, Encoding.UTF8.GetBytes(key), []);
            else batch.Add(written.Count, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        }
        await log.AppendAsync(Batches.First, batch, null, default);
        written.AddRange(records);
    }

    /// <summary>Enough other keys that everything before is in sealed segments.</summary>
    private static async Task FillAsync(EmbeddedLog log, List<(string Key, string? Value)> written)
    {
        for (var i = 0; i < 40; i++) await Append(log, written, ($"filler{i}", new string('f', 5000)));
    }

    private static async Task<(EmbeddedLog Log, string Folder)> ReopenAsync(EmbeddedLog log, string from, string to, TopicOptions options, bool kill)
    {
        if (!kill) await log.DisposeAsync();
        CrashImage.Copy(from, to);
        if (kill) await log.DisposeAsync();
        Directory.Delete(from, true);
        return (await Batches.Open(to, null, options), to);
    }

    /// <summary>What a reader of this process sees; a Kafka client must see the same.</summary>
    private static async Task<List<string>> Lines(EmbeddedLog log)
    {
        var lines = new List<string>();
        await using var reader = log.OpenReader(Batches.First, 0);
        while (await reader.ReadAsync(20_000, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var record in block) lines.Add($"{record.Offset} {Encoding.UTF8.GetString(record.Key)}={(record.IsTombstone ? "null" : Encoding.UTF8.GetString(record.Value))}");
            }
        }
        Assert.Equal(lines, (await log.ReadAsClient(committedOnly: true)).Select(r => $"{r.Offset} {r.Key}={r.Value ?? "null"}"));
        return lines;
    }

    /// <summary>What is read was written at that offset, in order; and the newest of each key is among it, but for keys that were deleted.</summary>
    private static async Task CheckAsync(EmbeddedLog log, List<(string Key, string? Value)> written)
    {
        var last = -1;
        var seen = new Dictionary<string, int>();
        foreach (var line in await Lines(log))
        {
            var offset = int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
            Assert.True(offset > last, $"{line} comes after {last}");
            Assert.Equal($"{offset} {written[offset].Key}={written[offset].Value ?? "null"}", line);
            (last, seen[written[offset].Key]) = (offset, offset);
        }
        for (var i = 0; i < written.Count; i++)
        {
            if (written.FindLastIndex(w => w.Key == written[i].Key) == i && written[i].Value is not null) Assert.True(seen.GetValueOrDefault(written[i].Key, -1) == i, $"the newest of {written[i].Key}, at {i}, is not there");
        }
        Assert.Equal(written.Count, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl);
    }
}
