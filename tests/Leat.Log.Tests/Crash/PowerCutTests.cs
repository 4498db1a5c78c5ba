using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>Power cuts at random operations, twice in a row (the second may hit the recovery): nothing acknowledged is lost, nothing false is served, no hand is needed.</summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Appends = 16;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_power_cuts_at_random_operations_When_opened_again_Then_each_acknowledged_record_is_there_once_and_in_order()
    {
        var seeds = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 10_000 : 150;
        var cuts = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            try
            {
                cuts += await Run(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"property failed; replay with seed {seed}", e);
            }
        }
        Assert.True(cuts > seeds, $"only {cuts} cuts");
    }

    private async Task<int> Run(int seed)
    {
        var random = new Random(seed);
        var acknowledged = new List<(long Offset, string Value)>();
        var current = Path.Combine(_folder.Path, $"{seed}-0");
        var cuts = 0;
        for (var generation = 1; generation <= 2; generation++)
        {
            var image = Path.Combine(_folder.Path, $"{seed}-{generation}");
            var disk = new PowerCutDisk(current, image, random.Next(1, 90), random);
            disk.TakeAsStored();
            await Append(current, disk, generation, acknowledged);
            if (disk.Cut) (current, cuts) = (image, cuts + 1);
            await Audit(current, image + "-audit", acknowledged);
        }
        foreach (var folder in Directory.GetDirectories(_folder.Path)) Directory.Delete(folder, true);
        return cuts;
    }

    private static async Task Append(string folder, PowerCutDisk disk, int generation, List<(long Offset, string Value)> acknowledged)
    {
        try
        {
            await using var log = await Batches.Open(folder, new EmbeddedLogParts { Files = new DurableFiles(disk) }, new TopicOptions { SegmentBytes = 64 << 10 });
            for (var i = 0; i < Appends; i += 2)
            {
                string[] values = [$"{generation}.{i}:{new string('x', 9000)}", $"{generation}.{i + 1}:{new string('y', 4000)}"];
                var results = await Task.WhenAll(values.Select(v => log.AppendAsync(Batches.First, Batches.Of(v), v[..5], default).AsTask()));
                acknowledged.AddRange(results.Zip(values, (r, v) => (r.BaseOffset, v)));
            }
        }
        catch (LeatException e) when (disk.Cut && e.Code is "LEAT2011" or "LEAT2014" or "LEAT2023")
        {
            // The cut: what was not acknowledged may be gone.
        }
    }

    /// <summary>On a copy, so that the next cut finds the log unrecovered.</summary>
    private static async Task Audit(string folder, string copy, List<(long Offset, string Value)> acknowledged)
    {
        CrashImage.Copy(folder, copy);
        await using var log = await Batches.Open(copy);
        Assert.DoesNotContain(log.Recoveries, r => r.Kind != LogRecoveryKind.TornTail);
        var stored = await Batches.Values(log);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        foreach (var (offset, value) in acknowledged)
        {
            Assert.True(offset < stored.Count && stored[(int)offset] == value, $"'{value[..5]}' is not at {offset}");
            Assert.Equal(new AppendResult(offset, 1, true), await log.AppendAsync(Batches.First, Batches.Of(value), value[..5], default));
        }
    }
}
