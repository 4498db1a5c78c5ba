using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Brings one topic's new records into one table: rows and the offsets they end at are one commit, so a record is in the table exactly once.</summary>
/// <remarks>Owned by one landing at a time.</remarks>
internal sealed class TopicLoad(TopicLoadPlan plan, IEventLog log, ILakeCatalog lake)
{
    /// <summary>Records without a row (watermarks) after which the offsets are committed all the same, so that they are not read for ever.</summary>
    private const int MostSkipped = 10_000;
    private const int MostRaces = 20;
    private ILakeTable? _table;

    /// <summary>Makes the table, empty, where it is missing, so that queries over a source that has not landed yet find it.</summary>
    public async Task CreateTableAsync(CancellationToken ct) => _table ??= await lake.CreateAsync(plan.Table, plan.Rows.Schema, [], ct).ConfigureAwait(false);

    /// <summary>Lands what the topic holds now, in rounds of bounded size.</summary>
    /// <returns>Rows landed, and records set aside.</returns>
    /// <exception cref="LeatException">LEAT3210 records are gone; LEAT3211 the table belongs to another log; and those of the lake and the log.</exception>
    public async Task<LandingResult> LandAsync(CancellationToken ct)
    {
        await CreateTableAsync(ct).ConfigureAwait(false);
        if (await log.FindTopicAsync(plan.Topic, ct).ConfigureAwait(false) is not { } topic) return new LandingResult(0, 0);
        var result = new LandingResult(0, 0);
        var races = 0;
        var ends = await EndsAsync(topic.Partitions, ct).ConfigureAwait(false);
        while (true)
        {
            var round = new LandingRound(plan, log, await StartsAsync(ends, ct).ConfigureAwait(false), ends);
            var staged = await _table!.StageAsync(round.RowsAsync(ct), ct).ConfigureAwait(false);
            if (staged.Files.IsEmpty && round.SetAside.Count == 0 && round.Skipped < MostSkipped) return result;
            await SetAsideAsync(round.SetAside, ct).ConfigureAwait(false);
            var outcome = await _table.CommitAsync(new LakeCommit(staged, [.. round.Progress.Select(p => new LakeTransaction(AppId(p.Key), p.Value))]), ct).ConfigureAwait(false);
            if (outcome is CommitOutcome.Committed)
            {
                result = new LandingResult(result.Rows + round.Rows, result.SetAside + round.SetAside.Count);
                continue;
            }
            await _table.DeleteStagedAsync(staged, ct).ConfigureAwait(false);
            if (outcome is CommitOutcome.Conflict || ++races > MostRaces) throw IngestErrors.LandingLost(plan.Table, outcome.ToString());
        }
    }

    private string AppId(int partition) => LandedTopics.Application(plan.Topic, partition);

    private async Task<ImmutableArray<PartitionInfo>> EndsAsync(int partitions, CancellationToken ct)
    {
        var ends = ImmutableArray.CreateBuilder<PartitionInfo>(partitions);
        for (var p = 0; p < partitions; p++) ends.Add(await log.DescribeAsync(new TopicPartition(plan.Topic, p), ct).ConfigureAwait(false));
        return ends.MoveToImmutable();
    }

    /// <summary>For each partition the offset after the last one in the table.</summary>
    private async Task<ImmutableArray<long>> StartsAsync(ImmutableArray<PartitionInfo> ends, CancellationToken ct)
    {
        var marks = (await _table!.SnapshotAsync(null, ct).ConfigureAwait(false)).Transactions;
        var starts = ImmutableArray.CreateBuilder<long>(ends.Length);
        for (var p = 0; p < ends.Length; p++)
        {
            if (!marks.TryGetValue(AppId(p), out var next)) next = ends[p].StartOffset;
            if (next < ends[p].StartOffset) throw IngestErrors.LostRecords(plan.Topic, p, next, ends[p].StartOffset, plan.Table);
            if (next > ends[p].EndOffsetExcl) ends = ends.SetItem(p, await log.DescribeAsync(new TopicPartition(plan.Topic, p), ct).ConfigureAwait(false));
            if (next > ends[p].EndOffsetExcl) throw IngestErrors.OtherLog(plan.Topic, p, next, ends[p].EndOffsetExcl, plan.Table);
            starts.Add(next);
        }
        return starts.MoveToImmutable();
    }

    /// <summary>Records that cannot be rows go to the dead letters, each under a key of its own, so that a repeated round adds none twice.</summary>
    private async Task SetAsideAsync(List<SetAsideRecord> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        var topic = plan.DeadLetterTopic ?? throw IngestErrors.NotJson($"{plan.Topic}[{records[0].Partition}]@{records[0].Offset}", records[0].Reason);
        var target = await DeadLetterTopics.OpenAsync(log, DeadLetterTopics.SourceOf(topic), ct).ConfigureAwait(false);
        var writer = new DeadLetterWriter();
        var builder = new RecordBatchBuilder();
        foreach (var record in records)
        {
            builder.Clear();
            var why = new DeadLetterReason("LEAT3212", record.Reason, DeadLetterTopics.Source(new TopicPartition(plan.Topic, record.Partition), record.Offset));
            writer.Add(builder, new DeadRecord(record.TimestampMs, record.Key, record.Value) { IsTombstone = record.Value is null, Headers = record.Headers }, why);
            await log.AppendAsync(target, builder, $"landing/{plan.Topic}/{record.Partition}/{record.Offset}", ct).ConfigureAwait(false);
        }
    }
}
