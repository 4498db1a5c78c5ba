using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>One commit's worth of a topic's records. Read <see cref="RowsAsync"/> to its end, then ask what it saw. One use.</summary>
internal sealed class LandingRound(TopicLoadPlan plan, IEventLog log, ImmutableArray<long> starts, ImmutableArray<PartitionInfo> ends)
{
    private const int ReadBytes = 1 << 20;
    private const long BatchBytes = 32L << 20;
    private readonly SortedDictionary<int, long> _progress = [];
    private readonly List<Batch> _ready = [];
    private long _bytes;

    /// <summary>Partition to the offset after the last record seen, for those that moved.</summary>
    public IReadOnlyDictionary<int, long> Progress => _progress;

    public long Rows { get; private set; }

    /// <summary>Records that stand for no row: watermarks.</summary>
    public long Skipped { get; private set; }

    public List<SetAsideRecord> SetAside { get; } = [];

    /// <summary>The records as rows, until all partitions are at their ends or the round is full.</summary>
    public async IAsyncEnumerable<Batch> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var builder = new BatchBuilder(plan.Rows.Schema);
        for (var partition = 0; partition < starts.Length && _bytes < plan.MaxBytes; partition++)
        {
            if (starts[partition] >= ends[partition].EndOffsetExcl) continue;
            var reader = log.OpenReader(new TopicPartition(plan.Topic, partition), starts[partition]);
            await using (reader.ConfigureAwait(false))
            {
                while (_bytes < plan.MaxBytes && reader.Position < ends[partition].EndOffsetExcl)
                {
                    using var block = await reader.ReadAsync((int)Math.Min(ReadBytes, plan.MaxBytes), TimeSpan.Zero, ct).ConfigureAwait(false);
                    if (block is null) break;
                    Take(block, partition, builder);
                    _progress[partition] = block.EndOffsetExcl;
                    foreach (var batch in Ready()) yield return batch;
                }
            }
        }
        if (builder.RowCount > 0) yield return builder.Build();
    }

    private void Take(RecordBlock block, int partition, BatchBuilder builder)
    {
        foreach (var record in block)
        {
            _bytes += record.Value.Length;
            if (record.IsTombstone && record.HeaderCount > 0 && record.TryGetHeader(WellKnownHeaders.Watermark, out _))
            {
                Skipped++;
                continue;
            }
            var problem = record.IsTombstone && plan.DeadLetterTopic is not null ? "it has no value" : plan.Rows.Append(record, partition, builder);
            if (problem is null) Rows++;
            else SetAside.Add(Kept(record, partition, problem));
            if (builder.IsFull || builder.SizeBytes > BatchBytes) _ready.Add(builder.Build());
        }
    }

    private static SetAsideRecord Kept(in LogRecord record, int partition, string problem) => new(partition, record.Offset, record.TimestampMs, problem)
    {
        Key = record.Key.ToArray(), Value = record.IsTombstone ? null : record.Value.ToArray(), Headers = new RecordHeaders().AddOwn(record.EncodedHeaders),
    };

    private List<Batch> Ready()
    {
        List<Batch> ready = [.. _ready];
        _ready.Clear();
        return ready;
    }
}
