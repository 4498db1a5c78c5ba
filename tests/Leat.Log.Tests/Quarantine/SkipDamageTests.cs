using System.Buffers.Binary;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>Damage is taken out of the way on request only: its bytes are kept, readers go on, other damage is still told.</summary>
public sealed class SkipDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_two_damaged_batches_When_one_is_skipped_Then_the_other_is_still_damaged_and_the_bytes_are_kept(bool inSealedSegment)
    {
        await MakeAsync(40, inSealedSegment ? 64 << 10 : 1 << 20);
        var file = CrashImage.Segments(_folder.Path, "t")[0];
        Flip(file, at: 70);
        Flip(file, at: (3 * 6100) + 70);
        await using var log = EmbeddedLog.Open(_folder.Path);
        var skipped = await log.SkipDamageAsync(Batches.First, 0, default);
        Assert.Equal((0, 1), (skipped.FromOffset, skipped.ToOffsetExcl));
        Assert.Equal(skipped.Bytes, new FileInfo(skipped.File).Length);
        var (values, lost) = await ReadAroundAsync(log);
        Assert.Equal([(3, 4)], lost);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i is not 0 and not 3), values);
        await log.SkipDamageAsync(Batches.First, 3, default);
        (values, lost) = await ReadAroundAsync(log);
        Assert.Empty(lost);
        Assert.Equal(38, values.Count);
        Assert.Equal(40, (await log.AppendAsync(Batches.First, Batches.Of("40:"), null, default)).BaseOffset);
    }

    [Fact]
    public async Task Given_a_missing_segment_When_skipped_Then_readers_pass_over_its_records_also_after_a_restart()
    {
        await MakeAsync(40, 64 << 10);
        var segments = CrashImage.Segments(_folder.Path, "t");
        var (from, to) = (Offset(segments[1]), Offset(segments[2]));
        File.Delete(segments[1]);
        await using (var log = EmbeddedLog.Open(_folder.Path))
        {
            var skipped = await log.SkipDamageAsync(Batches.First, from, default);
            Assert.Equal((from, to, 0), (skipped.FromOffset, skipped.ToOffsetExcl, skipped.Bytes));
        }
        await using var again = EmbeddedLog.Open(_folder.Path);
        Assert.Empty(again.Recoveries);
        var (values, lost) = await ReadAroundAsync(again);
        Assert.Empty(lost);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i < from || i >= to), values);
    }

    [Fact]
    public async Task Given_an_open_transaction_and_damage_behind_it_When_checked_Then_it_is_found()
    {
        await using (var log = EmbeddedLog.Open(_folder.Path))
        {
            await log.CreateTopicAsync("t", new TopicOptions(), default);
            Assert.Equal(KafkaError.None, (await log.Send(new ClientBatch(("k", "open")) { ProducerId = 7, Epoch = 0, Sequence = 0, Transactional = true })).Error);
            await log.AppendAsync(Batches.First, Batches.Of("1:"), null, default);
            await log.AppendAsync(Batches.First, Batches.Of("2:"), null, default);
            Assert.Empty((await log.CheckAsync(Batches.First, default)).Damage);
            var path = CrashImage.Segments(_folder.Path, "t")[0];
            var first = BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(path).AsSpan(8)) + 12;
            Flip(path, first + 65);
            var report = await log.CheckAsync(Batches.First, default);
            Assert.Equal((0, 3, 2), (report.StartOffset, report.EndOffsetExcl, report.Records));
            Assert.Equal((1, 2), report.Damage.Select(d => (d.FromOffset, d.ToOffsetExcl)).Single());
        }
    }

    [Fact]
    public async Task Given_nothing_damaged_When_skipped_Then_LEAT2038_and_nothing_changes()
    {
        await MakeAsync(40, 64 << 10);
        await using var log = EmbeddedLog.Open(_folder.Path);
        var before = CrashImage.Segments(_folder.Path, "t");
        foreach (var offset in (long[])[0, 39]) Assert.Equal("LEAT2038", (await Assert.ThrowsAsync<LeatException>(async () => await log.SkipDamageAsync(Batches.First, offset, default))).Code);
        Assert.Equal("LEAT2020", (await Assert.ThrowsAsync<LeatException>(async () => await log.SkipDamageAsync(Batches.First, 40, default))).Code);
        Assert.Equal(before, CrashImage.Segments(_folder.Path, "t"));
    }

    private async Task MakeAsync(int records, long segmentBytes)
    {
        await using var log = await Batches.Open(_folder.Path, null, new TopicOptions { SegmentBytes = segmentBytes });
        for (var i = 0; i < records; i++) await log.AppendAsync(Batches.First, Batches.Of($"{i}:{new string('x', 6000)}"), null, default);
    }

    private static void Flip(string file, int at)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 4));
    }

    private static long Offset(string segment) => long.Parse(Path.GetFileNameWithoutExtension(segment), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(List<int> Values, List<(long From, long To)> Lost)> ReadAroundAsync(EmbeddedLog log)
    {
        var values = new List<int>();
        var lost = new List<(long, long)>();
        await using var reader = log.OpenReader(Batches.First, 0);
        while (true)
        {
            try
            {
                using var block = await reader.ReadAsync(1000, TimeSpan.Zero, default);
                if (block is null) return (values, lost);
                foreach (ref readonly var record in block) values.Add(int.Parse(System.Text.Encoding.UTF8.GetString(record.Value).Split(':')[0], System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (DamagedBatchException e)
            {
                lost.Add((reader.Position, e.ResumeOffset));
                reader.Seek(e.ResumeOffset);
            }
        }
    }
}
