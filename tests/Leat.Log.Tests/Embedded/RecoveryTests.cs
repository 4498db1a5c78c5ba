using Leat.Conformance;

namespace Leat.Log.Tests;

public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    private string Image => Path.Combine(_folder.Path, "image");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_an_orderly_end_When_reopened_Then_all_records_keys_and_times_are_there_and_nothing_was_recovered()
    {
        await using (var log = await Batches.Open(Live))
        {
            await log.AppendAsync(Batches.First, Batches.Of("a", "b"), "k1", default);
            await log.AppendAsync(Batches.First, Batches.Of("c"), null, default);
        }
        await using var again = EmbeddedLog.Open(Live);
        Assert.Empty(again.Recoveries);
        Assert.Equal(["a", "b", "c"], await Batches.Values(again));
        Assert.Equal(new AppendResult(0, 2, true), await again.AppendAsync(Batches.First, Batches.Of("a", "b"), "k1", default));
        Assert.Equal(new AppendResult(3, 1, false), await again.AppendAsync(Batches.First, Batches.Of("d"), "k2", default));
        Assert.Equal(1, (await again.DescribeAsync(Batches.First, default)).MaxTimestampMs);
    }

    [Fact]
    public async Task Given_the_last_batch_cut_at_every_byte_When_opened_Then_exactly_the_whole_batches_remain()
    {
        await using var log = await Batches.Open(Live, null, new TopicOptions { Durability = Durability.Never });
        await log.AppendAsync(Batches.First, Batches.Of("a", "b"), null, default);
        await log.AppendAsync(Batches.First, Batches.Of("c"), null, default);
        var whole = new FileInfo(CrashImage.Segments(Live, "t")[0]).Length;
        await log.AppendAsync(Batches.First, Batches.Of("torn", "torn"), null, default);
        var end = new FileInfo(CrashImage.Segments(Live, "t")[0]).Length;
        for (var cut = whole; cut <= end; cut++)
        {
            CrashImage.Copy(Live, Image);
            using (var file = File.OpenWrite(CrashImage.Segments(Image, "t")[0])) file.SetLength(cut);
            await CheckCut(whole, cut, end);
            Directory.Delete(Image, true);
        }
    }

    [Fact]
    public async Task Given_the_last_batch_half_overwritten_with_zeros_When_opened_Then_it_is_removed_and_told()
    {
        await using var log = await Batches.Open(Live, null, new TopicOptions { Durability = Durability.Never });
        await log.AppendAsync(Batches.First, Batches.Of("a"), null, default);
        var whole = new FileInfo(CrashImage.Segments(Live, "t")[0]).Length;
        await log.AppendAsync(Batches.First, Batches.Of("torn"), null, default);
        CrashImage.Copy(Live, Image);
        using (var file = File.OpenWrite(CrashImage.Segments(Image, "t")[0]))
        {
            file.Position = whole + 30;
            file.Write(new byte[20]);
        }
        await using var recovered = EmbeddedLog.Open(Image);
        Assert.Equal(["a"], await Batches.Values(recovered));
        var told = Assert.Single(recovered.Recoveries);
        Assert.Equal((LogRecoveryKind.TornTail, whole, 1L), (told.Kind, told.Position, told.FromOffset));
    }

    [Fact]
    public async Task Given_a_killed_process_When_opened_Then_keys_are_known_although_no_index_was_written()
    {
        await using var log = await Batches.Open(Live);
        for (var i = 0; i < 10; i++) await log.AppendAsync(Batches.First, Batches.Of($"v{i}"), $"k{i}", default);
        CrashImage.Copy(Live, Image);
        await using var recovered = EmbeddedLog.Open(Image);
        for (var i = 0; i < 10; i++) Assert.Equal(new AppendResult(i, 1, true), await recovered.AppendAsync(Batches.First, Batches.Of($"v{i}"), $"k{i}", default));
    }

    [Fact]
    public async Task Given_missing_or_damaged_index_files_When_opened_Then_they_are_rebuilt_and_nothing_changes()
    {
        await Fill(Live, 40);
        await using (var log = EmbeddedLog.Open(Live)) Assert.Equal(40, (await Batches.Values(log)).Count);
        var indexes = Directory.GetFiles(Path.Combine(Live, "t", "0"), "*.index").Order(StringComparer.Ordinal).ToList();
        Assert.True(indexes.Count > 5);
        File.Delete(indexes[0]);
        var bytes = await File.ReadAllBytesAsync(indexes[1]);
        bytes[^20] ^= 4;
        await File.WriteAllBytesAsync(indexes[1], bytes);
        await File.WriteAllBytesAsync(indexes[2], bytes[..30]);
        bytes = await File.ReadAllBytesAsync(indexes[3]);
        bytes[3] ^= 1;
        await File.WriteAllBytesAsync(indexes[3], bytes);
        await using var again = EmbeddedLog.Open(Live);
        Assert.Equal(40, (await Batches.Values(again)).Count);
        for (var i = 0; i < 40; i++) Assert.True((await again.AppendAsync(Batches.First, Batches.Of("x"), $"k{i}", default)).Duplicate);
        Assert.Equal(9, await again.OffsetAtAsync(Batches.First, 10, default));
    }

    [Fact]
    public async Task Given_a_missing_segment_When_read_Then_LEAT2021_names_where_to_go_on()
    {
        await Fill(Live, 40);
        var segments = CrashImage.Segments(Live, "t");
        var (lost, next) = (Offset(segments[2]), Offset(segments[3]));
        File.Delete(segments[2]);
        await using var log = EmbeddedLog.Open(Live);
        Assert.Equal(LogRecoveryKind.MissingSegment, Assert.Single(log.Recoveries).Kind);
        await using var reader = log.OpenReader(Batches.First, lost);
        var error = await Assert.ThrowsAsync<DamagedBatchException>(async () => await reader.ReadAsync(1000, TimeSpan.Zero, default));
        Assert.Equal(next, error.ResumeOffset);
        reader.Seek(next);
        using var block = await reader.ReadAsync(1000, TimeSpan.Zero, default);
        Assert.Equal(next, block!.BaseOffset);
    }

    [Fact]
    public async Task Given_a_log_in_use_When_opened_a_second_time_Then_LEAT2004()
    {
        await using var log = await Batches.Open(Live);
        Assert.Equal("LEAT2004", Assert.Throws<Core.LeatException>(() => EmbeddedLog.Open(Live)).Code);
    }

    [Fact]
    public async Task Given_a_thousand_segments_When_opened_Then_within_a_second_and_all_is_readable()
    {
        await using (var log = await Batches.Open(Live, null, new TopicOptions { SegmentBytes = 64 << 10, Durability = Durability.Never }))
        {
            var value = new string('x', 40_000);
            await Task.WhenAll(Enumerable.Range(0, 1001).Select(_ => log.AppendAsync(Batches.First, Batches.Of(value), null, default).AsTask()));
        }
        Assert.Equal(1001, CrashImage.Segments(Live, "t").Length);
        var begun = TimeProvider.System.GetTimestamp();
        await using var again = EmbeddedLog.Open(Live);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        Assert.True(elapsed < TimeSpan.FromSeconds(1), $"opened in {elapsed.TotalMilliseconds} ms");
        Assert.Equal(1001, (await Batches.Values(again)).Count);
    }

    private static long Offset(string segment) => long.Parse(Path.GetFileNameWithoutExtension(segment));

    /// <summary>Records of 20 kB with keys and times 1, 2, 3 ..., three a segment.</summary>
    private static async Task Fill(string folder, int records)
    {
        await using var log = await Batches.Open(folder, null, new TopicOptions { SegmentBytes = 64 << 10 });
        for (var i = 0; i < records; i++)
        {
            var batch = new RecordBatchBuilder();
            batch.Add(i + 1, [], new byte[20_000]);
            await log.AppendAsync(Batches.First, batch, $"k{i}", default);
        }
    }

    private async Task CheckCut(long whole, long cut, long end)
    {
        List<string> expected = cut == end ? ["a", "b", "c", "torn", "torn"] : ["a", "b", "c"];
        await using (var recovered = EmbeddedLog.Open(Image))
        {
            Assert.Equal(expected, await Batches.Values(recovered));
            Assert.Equal(cut == whole || cut == end ? 0 : 1, recovered.Recoveries.Count);
            Assert.Equal(expected.Count, (await recovered.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
        }
        await using var again = EmbeddedLog.Open(Image);
        Assert.Equal([.. expected, "next"], await Batches.Values(again));
    }
}
