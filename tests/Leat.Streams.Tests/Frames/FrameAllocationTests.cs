using System.Collections.Immutable;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Frames;
using Leat.Streams.Graph;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Processes;
using Leat.Streams.Sinks;
using Leat.Streams.Time;

namespace Leat.Streams.Tests.Frames;

/// <summary>What rows with frames allocate.</summary>
public sealed class FrameAllocationTests
{
    private const int Keys = 10;
    private const int Rows = 50_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_frames_that_are_full_When_rows_come_and_leave_Then_nothing_is_allocated_per_row(bool byTime)
    {
        var bounds = byTime ? new FrameBounds(1000, null) : new FrameBounds(null, 100);
        var sum = 0L;
        var aggregates = new Aggregates<(long Key, long Value)>().Count().Sum("sum", r => r.Value).Avg("mean", r => r.Value).Distinct("values", r => r.Value % 8).Min("least", r => r.Value).Last("last", r => r.Value).Columns;
        using var shard = new KeyedShard<long, long>(KeyShape<long>.Of(), new OverFunction<long, (long Key, long Value), long>(bounds, new FrameState<(long Key, long Value)>("frame", aggregates), Sum), TimeProvider.System, null);
        var output = new KeyedOutput<long>(new CallbackStage<long>(row => sum += row), Context());
        shard.Use(output);
        Run(shard, output, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(shard, output, Rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rows / 4);
        Assert.NotEqual(0, sum);
    }

    private static long Sum((long Key, long Value) row, WindowedRow<long> frame) =>
        frame.Get<long>(0) + frame.Get<long>(1) + (long)frame.Get<double>(2) + frame.Get<long>(3) + frame.Get<long>(4);

    private static void Run(KeyedShard<long, long> shard, KeyedOutput<long> output, int from)
    {
        var function = (KeyedProcess<long, (long Key, long Value), long>)shard.Function;
        for (var i = from; i < from + Rows; i++)
        {
            var key = i % Keys;
            shard.Begin(key, KeyHash.Of((long)key), i, i - 50);
            function.Process((key, i % 1000));
            _ = shard.End();
            if (i % 100 != 0) continue;
            shard.FireEventTimers(i - 50);
            output.Pass();
            shard.Compact();
        }
    }

    private static WorkerContext Context() =>
        new(new RunOutputs("frames", TimeProvider.System, new StreamOptions(), new TopicSinks()), new JobClock([new PartitionProgress("clicks", new TopicPartition("clicks", 0))], TimeProvider.System, TimeSpan.FromMinutes(1)));
}
