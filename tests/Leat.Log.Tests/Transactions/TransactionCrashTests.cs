using Leat.Conformance;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log.Tests;

/// <summary>A copy of the files before every change of the disk, and the disk after a power cut; each is opened: a transaction's records and offsets are all there or none.</summary>
public sealed class TransactionCrashTests
{
    private static readonly TopicPartition[] Partitions = [new("t", 0), new("t", 1)];

    [Fact]
    public async Task Given_a_kill_at_every_step_When_opened_again_Then_each_transaction_is_all_or_nothing_and_acknowledged_ones_are_all()
    {
        using var folder = new TemporaryFolder();
        var images = new Images(Path.Combine(folder.Path, "log"), Path.Combine(folder.Path, "images"));
        await RunAsync(images.Source, images, () => images.Acknowledged++);
        Assert.InRange(images.Taken.Count, 30, 2000);
        var outcomes = new HashSet<int>();
        foreach (var (image, acknowledged) in images.Taken)
        {
            var committed = await CheckAsync(image);
            Assert.True(committed >= acknowledged, $"{image}: {committed} of {acknowledged} acknowledged transactions are there");
            _ = outcomes.Add(committed);
        }
        Assert.Equal([0, 1, 2], outcomes.Order());
    }

    [Fact]
    public async Task Given_a_power_cut_at_a_random_operation_When_opened_again_Then_each_transaction_is_all_or_nothing_and_acknowledged_ones_are_all()
    {
        using var folder = new TemporaryFolder();
        var seeds = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 2000 : 80;
        var outcomes = new HashSet<int>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            try
            {
                _ = outcomes.Add(await CutAsync(Path.Combine(folder.Path, $"{seed}"), new Random(seed)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"property failed; replay with seed {seed}", e);
            }
        }
        Assert.Equal([0, 1, 2], outcomes.Order());
    }

    private static async Task<int> CutAsync(string folder, Random random)
    {
        var (log, image, acknowledged) = (Path.Combine(folder, "log"), Path.Combine(folder, "image"), 0);
        var disk = new PowerCutDisk(log, image, random.Next(1, 150), random);
        try
        {
            await RunAsync(log, disk, () => acknowledged++);
        }
        catch (LeatException) when (disk.Cut)
        {
            // The cut: what was not acknowledged may be gone.
        }
        var committed = await CheckAsync(disk.Cut ? image : log);
        Assert.True(committed >= acknowledged, $"{committed} of {acknowledged} acknowledged transactions are there");
        Directory.Delete(folder, true);
        return committed;
    }

    /// <summary>Two transactions that commit, with an aborted one between.</summary>
    private static async Task RunAsync(string folder, IFileFaults faults, Action acknowledged)
    {
        await using var log = EmbeddedLog.Open(folder, Coordinators.Parts() with { Files = new DurableFiles(faults) });
        _ = await log.CreateTopicAsync("t", new TopicOptions { Partitions = 2 }, default);
        await using var producer = await log.OpenProducerAsync("id", TimeSpan.FromMinutes(1), default);
        if (faults is Images images) images.Taking = true;
        for (var i = 1; i <= 3; i++)
        {
            await producer.BeginAsync(default);
            foreach (var partition in Partitions) _ = await producer.AppendAsync(partition, LogValues.Batch($"{i}"), default);
            await producer.SendOffsetsAsync("g", [new GroupOffset(Partitions[0], i)], default);
            if (i == 2)
            {
                await producer.AbortAsync(default);
                continue;
            }
            await producer.CommitAsync(default);
            acknowledged();
        }
    }

    /// <summary>Opens an image, lets the next producer settle what is open, and returns how many transactions are there, after checking that they are whole.</summary>
    private static async Task<int> CheckAsync(string image)
    {
        await using var log = EmbeddedLog.Open(image, Coordinators.Parts());
        _ = await log.CreateTopicAsync("t", new TopicOptions { Partitions = 2 }, default);
        await using (var producer = await log.OpenProducerAsync("id", TimeSpan.FromMinutes(1), default))
        {
            var seen = await LogValues.VisibleAsync(log, Partitions[0]);
            Assert.Equal(seen, await LogValues.VisibleAsync(log, Partitions[1]));
            string[] expected = [.. new[] { "1", "3" }.Take(seen.Count)];
            Assert.Equal(expected, seen);
            var offsets = (await log.GroupCoordinator.FetchAsync(new FetchOffsets("g", [Partitions[0]], RequireStable: true), default)).Offsets[0];
            Assert.Equal((KafkaError.None, seen.Count == 0 ? -1L : long.Parse(seen[^1])), (offsets.Error, offsets.Offset));
            await producer.BeginAsync(default);
            foreach (var partition in Partitions) _ = await producer.AppendAsync(partition, LogValues.Batch("next"), default);
            await producer.CommitAsync(default);
            foreach (var partition in Partitions) Assert.Equal([.. expected, "next"], await LogValues.VisibleAsync(log, partition));
            return seen.Count;
        }
    }

    /// <summary>Copies the folder before each change. Acknowledged is read first, so it is never ahead of the copy.</summary>
    private sealed class Images(string source, string target) : IFileFaults
    {
        private readonly Lock _one = new();

        public string Source => source;

        public volatile bool Taking;
        public volatile int Acknowledged;

        public List<(string Folder, int Acknowledged)> Taken { get; } = [];

        public FileFault? Before(FileOperation operation, string path, long bytes)
        {
            if (!Taking || operation is FileOperation.Read) return null;
            lock (_one)
            {
                var (acknowledged, folder) = (Acknowledged, Path.Combine(target, $"{Taken.Count}"));
                CrashImage.Copy(source, folder);
                Taken.Add((folder, acknowledged));
            }
            return null;
        }
    }
}
