using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.Tables;
using Leat.Streams.Time;

namespace Leat.Streams.Tests;

/// <summary>What a worker allocates for records, from block to flush.</summary>
public sealed class AllocationTests
{
    private const int Records = 20_000;
    private const int Rounds = 20;

    [Fact]
    public async Task Given_a_job_that_runs_When_it_processes_blocks_Then_nothing_is_allocated_per_record()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await FillAsync(log);
        var plan = new JobPlan("counts");
        new CountJob().Define(plan);
        foreach (var table in plan.Tables) await table.LoadAsync(new TableSource(null, null), TimeProvider.System, default);
        foreach (var state in plan.Stateful) state.Open(1, TimeProvider.System);
        var progress = new PartitionProgress("clicks", new TopicPartition("clicks", 0));
        var context = new WorkerContext(new RunOutputs("counts", TimeProvider.System, new StreamOptions(), plan.Topics), new JobClock([progress], TimeProvider.System, TimeSpan.FromMinutes(1)));
        using var runner = (RecordRunner)plan.Sources[0].CreateRunner(context);
        await using var reader = log.OpenReader(progress.Partition, 0);
        using var block = await reader.ReadAsync(1 << 24, TimeSpan.Zero, default) ?? throw new InvalidOperationException("no block");
        Assert.Equal(Records, block.Count);
        Process(runner, block, progress);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++) Process(runner, block, progress);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rounds * 4096);
    }

    private static void Process(RecordRunner runner, RecordBlock block, PartitionProgress progress)
    {
        progress.Offset = 0;
        runner.Process(block, progress);
        runner.Flush();
    }

    private static async Task FillAsync(EmbeddedLog log)
    {
        await log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 1 }, default);
        var builder = new RecordBatchBuilder();
        for (var i = 0; i < Records; i++) builder.Add(0, default, System.Text.Encoding.UTF8.GetBytes(Clicks.Json(i % 30, $"campaign-with-a-long-name-{i % 50}", "12.5", $"user {i % 7}")));
        await log.AppendAsync(new TopicPartition("clicks", 0), builder, null, default);
    }

    private sealed class CountJob : StreamJob
    {
        public void Define(JobPlan plan) => Define(new JobBuilder(plan));

        protected override void Define(JobBuilder job)
        {
            var names = job.Table("names", Enumerable.Range(0, 40).Select(i => Text.Literal($"campaign-with-a-long-name-{i}")), name => name);
            job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(40))
                .Where(e => e.User != Text.Inline("user 3"u8))
                .Lookup(names, e => e.Campaign, (e, name) => (name, e.Cost))
                .KeyBy(v => v.name, names: ["campaign"])
                .Tumbling(TimeSpan.FromSeconds(10))
                .Aggregate(a => a.Count("clicks").Sum("cost", v => v.Cost))
                .ToView("counts", TimeSpan.FromHours(1));
        }
    }
}
