using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Bits flip in compacted, packed and transactional segments: each flip is noticed and nothing false is served, neither before nor after the damage is skipped.</summary>
public sealed class StoredDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public async Task Given_single_bit_flips_When_read_and_skipped_Then_each_is_detected_and_none_served(int seed, bool orderlyEnd)
    {
        var (live, image, scratch) = (Path.Combine(_folder.Path, "live"), Path.Combine(_folder.Path, "image"), Path.Combine(_folder.Path, "scratch"));
        var history = new KeyedHistory(seed);
        var log = await history.Open(live);
        for (var step = 0; step < 120; step++) await history.Step(log);
        await history.EndAll(log);
        if (orderlyEnd) await log.DisposeAsync();
        CrashImage.Copy(live, image);
        await log.DisposeAsync();
        var files = CrashImage.Segments(image, "t").Where(f => new FileInfo(f).Length > 0).ToList();
        Assert.Contains(files, f => Path.GetFileName(f).Contains('-', StringComparison.Ordinal));
        var random = new Random(seed);
        for (var flip = 0; flip < (Property.Full ? 1000 : 60); flip++)
        {
            CrashImage.Copy(image, scratch);
            var file = files[random.Next(files.Count)].Replace(image, scratch, StringComparison.Ordinal);
            var bytes = await File.ReadAllBytesAsync(file);
            var bit = random.Next(bytes.Length * 8);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(file, bytes);
            await CheckFlip(history, scratch, $"{Path.GetFileName(file)} bit {bit}");
            Directory.Delete(scratch, true);
        }
    }

    private static async Task CheckFlip(KeyedHistory history, string folder, string what)
    {
        await using var log = await history.Open(folder);
        Assert.True((await log.CheckAsync(Batches.First, default)).Damage.Count == 1, $"{what}: the check finds no damage, or several");
        var (skipped, from, read) = (0, 0L, new List<WireRecord>());
        while (true)
        {
            using var fetch = await log.Fetch(from, 30_000, committedOnly: false);
            if (fetch.Error == KafkaError.CorruptMessage)
            {
                Assert.True(++skipped < 3, $"{what}: more than one damage");
                var range = await log.SkipDamageAsync(Batches.First, from, default);
                Assert.InRange(range.Bytes, 1, 100_000);
                continue;
            }
            Assert.Equal(KafkaError.None, fetch.Error);
            if (fetch.Bytes.IsEmpty) break;
            var batches = WireBatch.Parse(fetch.Bytes.Span);
            read.AddRange(batches.Where(b => !b.IsControl).SelectMany(b => b.Records));
            from = batches[^1].EndOffsetExcl;
        }
        Assert.True(skipped == 1, $"{what}: {skipped} damages found");
        Assert.Empty((await log.CheckAsync(Batches.First, default)).Damage);
        history.Model.CheckWritten(read);
    }
}
