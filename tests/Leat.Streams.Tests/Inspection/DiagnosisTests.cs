using System.Collections.Immutable;
using Leat.Streams.Inspection;

namespace Leat.Streams.Tests.Inspection;

/// <summary>The one line that says what holds a job back.</summary>
public sealed class DiagnosisTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Given_idle_workers_Then_the_source_is_the_bound() =>
        Assert.Equal("source-bound: workers 12 % busy, no record waits", Diagnosis.Of(Job(busy: [0.12])));

    [Fact]
    public void Given_busy_workers_Then_they_are_the_bound_and_what_waits_is_told() =>
        Assert.Equal("worker-bound: workers 92 % busy, 12,345 records wait", Diagnosis.Of(Job(12345, 0.95, 0.89)));

    [Fact]
    public void Given_one_busy_worker_of_many_Then_partitions_are_uneven() =>
        Assert.Equal("uneven partitions: the busiest of 2 workers is 95 % busy, the idlest 10 %", Diagnosis.Of(Job(9, 0.95, 0.1)));

    [Fact]
    public void Given_a_frequent_key_and_busy_workers_Then_its_operator_is_named()
    {
        var skewed = new OperatorFigures(4, "window", "", [3]) { State = new StateFigures(10, 1000, 0.5, 0.8) };
        Assert.Equal("one key has 80 % of the rows of operator 4 (window): workers 90 % busy", Diagnosis.Of(Job(9, 0.9) with { Operators = [skewed] }));
        Assert.StartsWith("source-bound", Diagnosis.Of(Job(0, 0.1) with { Operators = [skewed] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_partition_without_data_that_is_behind_the_others_Then_it_is_named_with_how_far()
    {
        ImmutableArray<PartitionFigures> partitions = [At(2, Noon), At(3, Noon.AddSeconds(-12), isCaughtUp: true), At(4, Noon.AddSeconds(5))];
        Assert.Equal("waiting for late partition topic/3: holds the watermark back by 12 s", Diagnosis.Of(Job(busy: [0.1]) with { Partitions = partitions }));
        Assert.StartsWith("source-bound", Diagnosis.Of(Job(busy: [0.1]) with { Partitions = [partitions[0], partitions[1] with { IsIdle = true }, partitions[2]] }), StringComparison.Ordinal);
        Assert.StartsWith("source-bound", Diagnosis.Of(Job(busy: [0.1]) with { Partitions = [partitions[0], partitions[1] with { IsCaughtUp = false }, partitions[2]] }), StringComparison.Ordinal);
        Assert.Equal("waiting for partition topic/3, which had no event yet: holds the watermark back", Diagnosis.Of(Job(busy: [0.1]) with { Partitions = [partitions[0], At(3, null, isCaughtUp: true)] }));
    }

    [Fact]
    public void Given_workers_held_by_sinks_or_by_memory_or_checkpoints_Then_that_is_told()
    {
        var checkpoints = new CheckpointFigures(1500, 1500, 0, 0);
        Assert.Equal("sink pressure: workers stand 40 % of the time until rows for topics and lake tables are committed; a checkpoint takes 1.5 s",
            Diagnosis.Of(Job(5, 0.5) with { HeldShare = 0.4, Checkpoints = checkpoints }));
        Assert.Equal("memory: garbage collection takes 25 % of the time", Diagnosis.Of(Job(5, 0.5) with { GcShare = 0.25 }));
        Assert.Equal("checkpoints: the last took 1.5 s, one is due every 1 s", Diagnosis.Of(Job(5, 0.5) with { Checkpoints = checkpoints }));
    }

    [Fact]
    public void Given_a_job_that_does_not_run_Then_the_reason_is_told()
    {
        Assert.Equal("failed: LEAT2115: too many", Diagnosis.Of(new JobDescription(Status("failed", "LEAT2115: too many\n  at job", 0))));
        Assert.Equal("starting: waiting for topic 'clicks'", Diagnosis.Of(new JobDescription(Status("starting", "waiting for topic 'clicks'", 0))));
        Assert.Equal("stopped: nothing is processed", Diagnosis.Of(new JobDescription(Status("stopped", null, 0))));
    }

    private static PartitionFigures At(int partition, DateTime? watermark, bool isCaughtUp = false) => new("topic", partition, 0, watermark, false, isCaughtUp);

    private static JobDescription Job(long lag = 0, params double[] busy) => new(Status("running", null, lag)) { BusyShares = [.. busy] };

    private static JobStatus Status(string state, string? error, long lag) => new("job", state, error, 0, 0, 0, 0, lag, Noon, 1, 5, null, null);
}
