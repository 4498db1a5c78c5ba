using System.Text;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>Damage is skipped when an operator says so, its bytes are kept, and other damage is still told.</summary>
public sealed class QuarantineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Given_damage_in_a_sealed_or_the_active_segment_When_skipped_Then_readers_pass_over_it_and_its_bytes_are_kept(int segment)
    {
        await Fill(12);
        var (file, lost) = (CrashImage.Segments(Live, "t")[segment], (segment * 3) + 1L);
        var before = await Damage(file, 1);
        await using (var log = EmbeddedLog.Open(Live))
        {
            Assert.Equal([(lost, lost + 1)], (await ReadAround(log)).Losses);
            await Fails("LEAT2038", async () => await log.SkipDamageAsync(Batches.First, lost + 1, default));
            await Fails("LEAT2020", async () => await log.SkipDamageAsync(Batches.First, 99, default));
            var range = await log.SkipDamageAsync(Batches.First, lost, default);
            Assert.Equal((lost, lost + 1, before.Length), (range.FromOffset, range.ToOffsetExcl, range.Bytes));
            Assert.Equal(before, await File.ReadAllBytesAsync(range.File));
            await CheckWithout(log, lost);
            Assert.Equal(12, (await log.AppendAsync(Batches.First, Batches.Of("12"), "k12", default)).BaseOffset);
            await Fails("LEAT2038", async () => await log.SkipDamageAsync(Batches.First, lost, default));
        }
        await using var again = EmbeddedLog.Open(Live);
        Assert.Empty(again.Recoveries);
        await CheckWithout(again, lost);
        for (var i = 0; i <= 12; i++)
        {
            if (i != lost) Assert.True((await again.AppendAsync(Batches.First, Batches.Of("x"), $"k{i}", default)).Duplicate, $"key {i} is not known");
        }
    }

    [Fact]
    public async Task Given_several_damages_and_a_missing_file_When_skipped_one_by_one_Then_each_alone_goes()
    {
        await Fill(15);
        var segments = CrashImage.Segments(Live, "t");
        await Damage(segments[0], 0);
        await Damage(segments[0], 2);
        await Damage(segments[3], 1);
        File.Delete(segments[2]);
        await using (var log = EmbeddedLog.Open(Live))
        {
            List<(long From, long To)> losses = [(0, 1), (2, 3), (6, 9), (10, 11)];
            Assert.Equal(losses, (await ReadAround(log)).Losses);
            foreach (var at in (int[])[2, 0, 0, 0])
            {
                var (from, to) = losses[at];
                await using var reader = log.OpenReader(Batches.First, Math.Min(from + 3, 12));
                var range = await log.SkipDamageAsync(Batches.First, to - 1, default);
                Assert.Equal((from, to), (range.FromOffset, range.ToOffsetExcl));
                losses.RemoveAt(at);
                Assert.Equal(losses, (await ReadAround(log)).Losses);
            }
        }
        await using var again = EmbeddedLog.Open(Live);
        Assert.Equal(["1", "3", "4", "5", "9", "11", "12", "13", "14"], (await ReadAround(again)).Values);
        Assert.Equal(3, Directory.GetFiles(Live, "*.bytes", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData(0, LogRecoveryKind.MissingSegment, 0, 3)]
    [InlineData(3, LogRecoveryKind.LostTail, 9, 12)]
    public async Task Given_the_first_or_the_last_file_missing_When_opened_Then_the_loss_is_told_once(int segment, LogRecoveryKind kind, long from, long to)
    {
        await Fill(12);
        File.Delete(CrashImage.Segments(Live, "t")[segment]);
        await using (var log = EmbeddedLog.Open(Live))
        {
            var told = Assert.Single(log.Recoveries);
            Assert.Equal((kind, from, to), (told.Kind, told.FromOffset, told.ToOffsetExcl));
            Assert.Equal(9, (await ReadAround(log, segment == 0 ? 3 : 0)).Values.Count);
        }
        await using var again = EmbeddedLog.Open(Live);
        Assert.Empty(again.Recoveries);
    }

    [Fact]
    public async Task Given_the_last_file_cut_to_nothing_When_opened_Then_the_loss_is_told()
    {
        await Fill(12);
        await File.WriteAllBytesAsync(CrashImage.Segments(Live, "t")[^1], []);
        await using var log = EmbeddedLog.Open(Live);
        Assert.Equal((LogRecoveryKind.LostTail, 9, 12), (log.Recoveries.Single().Kind, log.Recoveries.Single().FromOffset, log.Recoveries.Single().ToOffsetExcl));
    }

    [Theory]
    [InlineData("*.index")]
    [InlineData("*.producers")]
    [InlineData(OffsetFile.Start)]
    [InlineData(OffsetFile.Compacted)]
    [InlineData(OffsetFile.Horizon)]
    [InlineData(DurableMark.FileName)]
    public async Task Given_bit_flips_in_side_files_When_opened_Then_never_other_records_and_sequences_than_were_stored(string pattern)
    {
        var history = new KeyedHistory(9);
        await using (var log = await history.Open(Live))
        {
            for (var i = 0; i < 120; i++) await history.Step(log);
            await history.EndAll(log);
            await log.DeleteRecordsAsync(Batches.First, 3, default);
            Assert.Equal(KafkaError.None, (await log.Send(new ClientBatch(("p", "1")) { ProducerId = 77, Epoch = 0, Sequence = 0 })).Error);
            history.Model.Add((await log.DescribeAsync(Batches.First, default)).EndOffsetExcl - 1, new KeyedModel.Entry("p", "1", long.MaxValue));
        }
        var files = Directory.GetFiles(Path.Combine(Live, "t", "0"), pattern);
        Assert.NotEmpty(files);
        var random = new Random(6);
        var image = Path.Combine(_folder.Path, "image");
        for (var flip = 0; flip < (Property.Full ? 300 : 25); flip++)
        {
            CrashImage.Copy(Live, image);
            var file = files[random.Next(files.Length)].Replace(Live, image, StringComparison.Ordinal);
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, bytes);
            await using (var log = await history.Open(image))
            {
                await CheckAll(history, log, image);
                var twice = await log.Send(new ClientBatch(("p", "1")) { ProducerId = 77, Epoch = 0, Sequence = 0 });
                Assert.Equal((KafkaError.None, (await log.DescribeAsync(Batches.First, default)).EndOffsetExcl - 1), (twice.Error, twice.BaseOffset));
                await log.UpkeepAsync(default);
                await CheckAll(history, log, image);
            }
            Directory.Delete(image, true);
        }
    }

    /// <summary>The start may be forgotten with its file; everything from there on must be as the model says.</summary>
    private static async Task CheckAll(KeyedHistory history, EmbeddedLog log, string folder)
    {
        var info = await log.DescribeAsync(Batches.First, default);
        var read = await log.ReadAsClient(committedOnly: true, info.StartOffset, 20_000);
        history.Model.Check(read, info.EndOffsetExcl, 0, long.MaxValue, onlyFrom: 3);
        Assert.True(OffsetFile.Read(Path.Combine(folder, "t", "0"), OffsetFile.Compacted) <= info.EndOffsetExcl);
    }

    private async Task Fill(int count)
    {
        await using var log = await Batches.Open(Live, null, new TopicOptions { SegmentBytes = 64 << 10 });
        for (var i = 0; i < count; i++) await log.AppendAsync(Batches.First, Batches.Of($"{i}:{new string('x', 20_000)}"), $"k{i}", default);
    }

    /// <summary>Flips a bit in the middle of a batch.</summary>
    /// <returns>The bytes of the batch now.</returns>
    private static async Task<byte[]> Damage(string file, int batch)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var at = 0;
        for (var i = 0; i < batch; i++) at += (int)BatchHeader.Read(bytes.AsSpan(at)).TotalBytes;
        var size = (int)BatchHeader.Read(bytes.AsSpan(at)).TotalBytes;
        bytes[at + 1000] ^= 0x10;
        await File.WriteAllBytesAsync(file, bytes);
        return bytes[at..(at + size)];
    }

    private static async Task CheckWithout(EmbeddedLog log, long lost)
    {
        var (values, losses) = await ReadAround(log);
        Assert.Empty(losses);
        Assert.Equal(Enumerable.Range(0, 12).Where(i => i != lost).Select(i => $"{i}"), values.Take(11));
        using var fetch = await log.Fetch(lost, 100, committedOnly: true);
        Assert.Equal(KafkaError.None, fetch.Error);
        await using var reader = log.OpenReader(Batches.First, lost);
        using var block = await reader.ReadAsync(10, TimeSpan.Zero, default);
        Assert.Equal((lost, lost + 1, 0), (block!.BaseOffset, block.EndOffsetExcl, block.Count));
    }

    private static async Task<(List<string> Values, List<(long From, long To)> Losses)> ReadAround(EmbeddedLog log, long from = 0)
    {
        var (values, losses) = (new List<string>(), new List<(long, long)>());
        await using var reader = log.OpenReader(Batches.First, from);
        while (true)
        {
            try
            {
                using var block = await reader.ReadAsync(30_000, TimeSpan.Zero, default);
                if (block is null) return (values, losses);
                foreach (ref readonly var record in block) values.Add(Encoding.UTF8.GetString(record.Value).Split(':')[0]);
            }
            catch (DamagedBatchException e)
            {
                losses.Add((reader.Position, e.ResumeOffset));
                reader.Seek(e.ResumeOffset);
            }
        }
    }

    private static async Task Fails(string code, Func<Task> what) => Assert.Equal(code, (await Assert.ThrowsAsync<LeatException>(what)).Code);
}
