using System.Collections.Immutable;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Deduplication;

/// <summary>Lets one record of a key pass in a span of event time. State: keys and times of what passed, dropped as the watermark goes on.</summary>
/// <param name="shape">Of the key.</param>
/// <param name="within">In which a second record of a key is a repetition.</param>
/// <param name="inputDelay">How far the operator's watermark is behind the job's, ticks.</param>
internal sealed class DedupOperator<TKey>(KeyShape<TKey> shape, TimeSpan within, long inputDelay) : CopiedOperator
{
    public long InputDelay => inputDelay;

    public override string Signature => $"deduplicate {within} by {string.Join(',', shape.Columns.Select(c => $"{c.Name} {c.Type}"))}";

    public ImmutableArray<DedupShard<TKey>> Shards { get; private set; } = [];

    /// <summary>Whether a record is too old to be sure that it did not pass before.</summary>
    public bool IsLate(long time, long watermark) => time + within.Ticks <= watermark;

    public int ShardOf(int hash) => KeyShards.Of(hash, Shards.Length);

    public override void Open(int shards, TimeProvider clock) => Shards = [.. Enumerable.Range(0, KeyShards.Count(shards)).Select(_ => new DedupShard<TKey>(shape, within.Ticks))];

    public override void Advance(long watermark)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Drop(Watermarks.Minus(watermark, inputDelay));
        }
    }

    protected override void Save(StateWriter writer, bool whole)
    {
        foreach (var pane in Shards.SelectMany(s => s.Panes.Values))
        {
            var from = whole ? 0 : pane.Saved;
            if (from == pane.Count) continue;
            writer.Number(pane.Count - from);
            for (var row = from; row < pane.Count; row++)
            {
                shape.Write(pane.Key(row), writer);
                writer.Number(pane.Time(row));
            }

            pane.Saved = pane.Count;
        }

        writer.Number(0);
    }

    public override void Load(StateReader reader)
    {
        for (var rows = reader.Number(); rows > 0; rows = reader.Number())
        {
            using var arena = new TextArena();
            for (; rows > 0; rows--)
            {
                var key = shape.Read(reader, arena);
                var hash = KeyHash.Of(key);
                Shards[ShardOf(hash)].Add(key, hash, reader.Number());
            }
        }
    }

    public override void Restore(long watermark, long checkpointId)
    {
        Advance(watermark);
        foreach (var pane in Shards.SelectMany(s => s.Panes.Values)) pane.Saved = pane.Count;
    }

    public override StateSize Measure()
    {
        var size = default(StateSize);
        foreach (var shard in Shards)
        {
            lock (shard.Gate) size = size.With(shard.Panes.Values.Sum(p => (long)p.Count), shard.Panes.Values.Sum(p => p.SizeBytes));
        }

        return size;
    }

    public override void Dispose()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Dispose();
        }
    }
}
