using Leat.Streams;

namespace Leat.Serve.Tests.Fakes;

/// <summary>Describes each job with the same graph: a source, a window of two keys, a sink.</summary>
internal sealed class FakeInspection : IStreamInspection
{
    public static readonly DateTime Watermark = new(2011, 12, 9, 12, 50, 0, DateTimeKind.Utc);

    public JobDescription Describe(string job) => new(FakeRuntime.Job(job, "running"))
    {
        Diagnosis = "source-bound: workers 25 % busy, no record waits",
        Operators =
        [
            new OperatorFigures(0, "source", "topic clicks", []) { RowsIn = 1200, RowsOut = 1200, RowsOutPerSecond = 250.5, Waiting = 7, Watermark = Watermark },
            new OperatorFigures(1, "window", "tumbling 00:01:00", [0]) { Name = "totals", RowsIn = 1200, RowsOut = 4, Watermark = Watermark, LateRows = 3, State = new StateFigures(2, 640, 0.5, 0.75) },
            new OperatorFigures(2, "sink", "view totals", [1]) { RowsIn = 4, RowsOut = 4, Watermark = Watermark },
        ],
        Partitions = [new PartitionFigures("clicks", 0, 7, Watermark, false, true)],
        BusyShares = [0.25],
        Checkpoints = new CheckpointFigures(12.5, 40, 100, 900),
    };
}
