using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Bits flip in stored segments: every flip is noticed, nothing false is delivered, all the rest stays readable.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Records = 60;
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_single_bit_flips_When_read_Then_each_is_detected_and_only_its_batch_is_lost(bool orderlyEnd)
    {
        var image = Path.Combine(_folder.Path, "image");
        var log = await Batches.Open(Live);
        for (var i = 0; i < Records; i += 2) await log.AppendAsync(Batches.First, Batches.Of($"v{i}", $"v{i + 1}"), $"k{i}", default);
        if (orderlyEnd) await log.DisposeAsync();
        CrashImage.Copy(Live, image);
        await log.DisposeAsync();
        var file = CrashImage.Segments(image, "t")[0];
        var good = await File.ReadAllBytesAsync(file);
        var random = new Random(5);
        var flips = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 1000 : 200;
        for (var flip = 0; flip < flips; flip++)
        {
            var bit = random.Next(good.Length * 8);
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(file, bad);
            var scratch = Path.Combine(_folder.Path, "scratch");
            CrashImage.Copy(image, scratch);
            await CheckFlip(scratch, bit);
            Directory.Delete(scratch, true);
        }
    }

    [Fact]
    public async Task Given_damage_in_the_middle_When_read_from_behind_it_Then_no_error()
    {
        await using (var log = await Batches.Open(Live))
        {
            for (var i = 0; i < 10; i++) await log.AppendAsync(Batches.First, Batches.Of($"v{i}"), null, default);
        }
        var file = CrashImage.Segments(Live, "t")[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[11] ^= 0x40;
        await File.WriteAllBytesAsync(file, bytes);
        await using var again = EmbeddedLog.Open(Live);
        await using var reader = again.OpenReader(Batches.First, 5);
        using var block = await reader.ReadAsync(10_000, TimeSpan.Zero, default);
        Assert.Equal((5, 10), (block!.BaseOffset, block.EndOffsetExcl));
    }

    private static async Task CheckFlip(string folder, int bit)
    {
        await using var log = EmbeddedLog.Open(folder);
        var (values, losses) = await ReadAround(log);
        Assert.True(losses.Count == 1, $"bit {bit}: {losses.Count} errors");
        var (from, to) = losses[0];
        Assert.True(to - from == 2, $"bit {bit}: lost {from} to {to}");
        Assert.Equal(Enumerable.Range(0, Records).Where(i => i < from || i >= to).Select(i => $"v{i}"), values);
        Assert.Equal(Records, (await log.AppendAsync(Batches.First, Batches.Of("next"), null, default)).BaseOffset);
    }

    private static async Task<(List<string> Values, List<(long From, long To)> Losses)> ReadAround(EmbeddedLog log)
    {
        var values = new List<string>();
        var losses = new List<(long, long)>();
        await using var reader = log.OpenReader(Batches.First, 0);
        while (true)
        {
            try
            {
                using var block = await reader.ReadAsync(500, TimeSpan.Zero, default);
                if (block is null) return (values, losses);
                var lines = new List<string>();
                LogText.Add(block, lines);
                values.AddRange(lines.Select(l => l.Split('=')[1].Split(' ')[0]));
            }
            catch (DamagedBatchException e)
            {
                Assert.True(e.ResumeOffset > reader.Position, "no way on");
                losses.Add((reader.Position, e.ResumeOffset));
                reader.Seek(e.ResumeOffset);
            }
        }
    }
}
