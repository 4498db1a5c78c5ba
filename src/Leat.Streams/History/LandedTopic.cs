using System.Collections.Immutable;
using Leat.Lake;

namespace Leat.Streams.History;

/// <summary>The table that a topic is landed in, as all partitions of a source see it. Thread-safe.</summary>
internal sealed class LandedTopic(ILakeTable table, HistoryPlan plan)
{
    private LakeSnapshot? _snapshot;

    public ILakeTable Table => table;

    public HistoryPlan Plan => plan;

    /// <summary>The snapshot that is read; newer ones only when a partition asks.</summary>
    public LakeSnapshot Snapshot => Volatile.Read(ref _snapshot) ?? throw new InvalidOperationException("the table was not looked at");

    /// <summary>Takes the newest version.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2154 the topic is not landed in the table.</exception>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var snapshot = await table.SnapshotAsync(null, ct).ConfigureAwait(false);
        foreach (var column in (string[])[LandedTopics.Partition, LandedTopics.Offset])
            if (snapshot.Schema.IndexOf(column) < 0) throw StreamErrors.NotLanded(plan.Table, plan.Topic, $"it has no column {column}");
        if (snapshot.Files.Any(f => f.Rows != 0) && !snapshot.Transactions.Keys.Any(k => k.StartsWith(LandedTopics.Application(plan.Topic, 0)[..^1], StringComparison.Ordinal)))
            throw StreamErrors.NotLanded(plan.Table, plan.Topic, "it has rows, but no mark of the topic");
        Volatile.Write(ref _snapshot, snapshot);
    }

    /// <summary>Offset after the last record of the partition that the snapshot has; 0 = none.</summary>
    public static long EndOf(LakeSnapshot snapshot, HistoryPlan plan, int partition) => snapshot.Transactions.GetValueOrDefault(LandedTopics.Application(plan.Topic, partition));

    /// <summary>Rows of a partition from an offset on, in order.</summary>
    public LakeSlice Slice(ImmutableArray<string> columns, int partition, long from, long toExcl) =>
        new(columns, [new LakeRange(LandedTopics.Partition, partition, partition + 1L), new LakeRange(LandedTopics.Offset, from, toExcl)], LandedTopics.Offset, plan.Window);
}
