using System.Globalization;
using Leat.Conformance;
using Leat.Lake;
using Leat.Log;
using Leat.Streams.History;
using Leat.Streams.Testing;
using Leat.Streams.Tests.History;
using Leat.Streams.Tests.LakeSources;

namespace Leat.Streams.Tests.Feeds;

/// <summary>Sources of the lake, stopped in the midst of files and windows, at random, and gone on from where they said.</summary>
public sealed class FeedModelTests
{
    [Fact]
    public Task Given_stops_in_the_midst_of_files_When_a_table_is_read_Then_rows_come_once_and_in_order() => Seeds.ForAll(6, 200, seed => ReadTableAsync(seed, new MemoryLake()));

    [EngineFact]
    public Task Given_stops_in_the_midst_of_files_on_disk_When_a_table_is_read_Then_rows_come_once_and_in_order() => Seeds.ForAll(1, 20, async seed =>
    {
        using var folder = new TemporaryFolder();
        using var lake = new LakeCatalog(folder.Path, TimeProvider.System);
        await ReadTableAsync(seed, lake);
    });

    [Fact]
    public Task Given_holes_windows_and_stops_anywhere_When_a_history_is_read_Then_records_come_once_and_in_order() => Seeds.ForAll(10, 200, async seed =>
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 1, Durability = Durability.Never }, default);
        var (lake, writer, plan) = (new MemoryLake(), new TopicWriter(log), new HistoryPlan(NaiveLanding.Table, "clicks") { Window = random.Next(2, 12) });
        var landing = new NaiveLanding(log, lake, hasContract: random.Next(2) == 0);
        await landing.OpenAsync();
        await using var bench = new FeedBench(output => new HistoryLines(plan, output), log, lake);
        var written = 0;
        for (var step = 0; step < 12; step++)
        {
            for (var i = random.Next(step == 0 ? 600 : 60); i > 0; i--) await writer.AppendAsync((StreamStep.Event)Clicks.At(written, "a", user: (written++).ToString(CultureInfo.InvariantCulture)));
            if (random.Next(2) == 0) await writer.PromiseAsync(0, random.Next(1, 500));
            if (random.Next(3) > 0) await landing.LandAsync(1, random.Next(1, 700));
            if (random.Next(3) == 0) await log.DeleteRecordsAsync(new TopicPartition("clicks", 0), random.NextInt64(await landing.EndAsync(0) + 1), default);
            if (step == 0 || random.Next(4) == 0) await bench.StartAsync();
            for (var turns = random.Next(6); turns > 0; turns--) await bench.TurnAsync(0);
            if (random.Next(2) == 0) bench.Save();
        }

        await bench.FinishAsync();
        Assert.Equal<string>([.. Enumerable.Range(0, written).Select(i => i.ToString(CultureInfo.InvariantCulture))], [.. bench.Output]);
    });

    private static async Task ReadTableAsync(int seed, ILakeCatalog lake)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        var table = await OrderTable.CreateAsync(lake);
        var options = new LakeReadOptions { Partitions = random.Next(1, 3), PollInterval = TimeSpan.FromMilliseconds(1) };
        await using var bench = new FeedBench(output => new LakeLines(options, output), log, lake);
        var next = 0;
        for (var step = 0; step < 6; step++)
        {
            var ids = Enumerable.Range(0, random.Next(1, 40_000)).Select(_ => (long)next++).ToList();
            await OrderTable.AppendAsync(table, ids);
            if (step == 0) await bench.StartAsync();
            if (step == 0) bench.Save();
            for (var turns = random.Next(5); turns > 0; turns--) await bench.TurnAsync(random.Next(2));
            if (random.Next(2) == 0) bench.Save();
            if (random.Next(2) == 0) await bench.StartAsync();
        }

        await bench.FinishAsync();
        var ids2 = bench.Output.Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal<int>([.. Enumerable.Range(0, next)], options.Partitions == 1 ? ids2 : ids2.Order());
    }

    private sealed class LakeLines(LakeReadOptions options, List<string> output) : StreamJob
    {
        protected override void Define(JobBuilder job) => job.FromLake<TableRow>(OrderTable.Name, r => r.At, TimeSpan.FromDays(1), options).ForEach(r => output.Add(r.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private sealed class HistoryLines(HistoryPlan plan, List<string> output) : StreamJob
    {
        protected override void Define(JobBuilder job) => job.FromHistory<ClickEvent>(plan, c => c.At, TimeSpan.FromDays(1)).ForEach(c => output.Add(c.User.ToString()));
    }
}
