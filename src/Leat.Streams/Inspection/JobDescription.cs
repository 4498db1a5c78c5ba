using System.Collections.Immutable;

namespace Leat.Streams;

/// <summary>A job's state and figures with its graph, and where its time goes.</summary>
public sealed record JobDescription : JobStatus
{
    /// <param name="status">State and figures of the whole job.</param>
    public JobDescription(JobStatus status)
        : base(status)
    {
    }

    /// <summary>What holds the job back, in one line.</summary>
    public string Diagnosis { get; init; } = "";

    /// <summary>The graph: operators, each after those it gets rows from.</summary>
    public ImmutableArray<OperatorFigures> Operators { get; init; } = [];

    /// <summary>What the job reads.</summary>
    public ImmutableArray<PartitionFigures> Partitions { get; init; } = [];

    /// <summary>Lookup tables.</summary>
    public ImmutableArray<TableFigures> Tables { get; init; } = [];

    /// <summary>Share of the last seconds that each worker spent on rows instead of waiting, 0 to 1; empty before the first measurement and while the job does not run.</summary>
    public ImmutableArray<double> BusyShares { get; init; } = [];

    /// <summary>Share of the last seconds that workers stood because too much waited for the sinks, 0 to 1.</summary>
    public double HeldShare { get; init; }

    /// <summary>Share of the last seconds that the process stood for garbage collection, 0 to 1.</summary>
    public double GcShare { get; init; }

    /// <summary>Durations and sizes of checkpoints.</summary>
    public CheckpointFigures Checkpoints { get; init; } = new(0, 0, 0, 0);

    /// <summary>Settings in force.</summary>
    public StreamOptions Settings { get; init; } = new();

    /// <summary>Mean of <see cref="BusyShares"/>; null without.</summary>
    public double? BusyShare => BusyShares.IsEmpty ? null : BusyShares.Average();
}
