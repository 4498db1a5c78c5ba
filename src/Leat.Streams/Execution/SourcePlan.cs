using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>A source of the job's graph.</summary>
internal abstract class SourcePlan(string name)
{
    /// <summary>Of the topic, table or source that is read.</summary>
    public string Name { get; } = name;

    /// <summary>Name of the source in checkpoints: that of what it reads, with a number where several sources read it.</summary>
    public string Id { get; set; } = name;

    /// <summary>It feeds a table: it is read to its end before other sources.</summary>
    public bool IsFirst { get; set; }

    /// <summary>It feeds nothing but tables, so it does not hold back the watermark.</summary>
    public bool IsTimeless { get; set; }

    /// <summary>Type of the rows and how far they may be out of order, in ticks, where they are decoded from the records of a topic.</summary>
    public virtual (Type Row, long Disorder)? Records => null;

    /// <summary>Whether what the job writes to a topic of this name would come back.</summary>
    public virtual bool ReadsTopic(string topic) => false;

    /// <summary>The partitions from where they begin. Waits until there is something to read from, and tells so.</summary>
    public abstract Task<IReadOnlyList<PartitionProgress>> OpenAsync(RunParts parts, Action<string?> waiting, CancellationToken ct);

    /// <summary>Whether there is something to read from.</summary>
    public abstract Task<bool> ExistsAsync(RunParts parts, CancellationToken ct);

    /// <summary>Offset after all that is there now.</summary>
    public abstract Task<long> EndOffsetAsync(PartitionProgress partition, RunParts parts, CancellationToken ct);

    /// <summary>What is there now and not read.</summary>
    public virtual async Task<SourceLag> LagAsync(PartitionProgress partition, RunParts parts, CancellationToken ct) => new(Math.Max(0, await EndOffsetAsync(partition, parts, ct).ConfigureAwait(false) - partition.Offset));

    /// <summary>A worker's own way of rows into the graph.</summary>
    public abstract SourceRunner CreateRunner(WorkerContext context);

    /// <summary>Reads a partition from its offset on.</summary>
    public abstract PartitionFeed CreateFeed(PartitionProgress partition, SourceRunner runner, RunParts parts, WorkerSettings settings);
}
