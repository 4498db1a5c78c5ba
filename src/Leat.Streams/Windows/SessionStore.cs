using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>State of session windows, in shards by key. A session that grows to an earlier start, or meets another, becomes another row: the old ones are told as gone.</summary>
internal sealed class SessionStore<TKey> : WindowStore<TKey>
{
    private readonly AggregateSet _aggregates;

    public SessionStore(KeyShape<TKey> shape, SessionSettings settings, AggregateSet aggregates)
        : base(shape, aggregates.Fields, hasWindow: true)
    {
        Settings = settings;
        _aggregates = aggregates;
        Shards = [new SessionShard<TKey>(shape, settings, aggregates.Create)];
    }

    public SessionSettings Settings { get; }

    public override long Lateness => Settings.Lateness;

    public ImmutableArray<SessionShard<TKey>> Shards { get; private set; }

    public override void Open(int shards)
    {
        Dispose();
        Shards = [.. Enumerable.Range(0, KeyShards.Count(shards)).Select(_ => new SessionShard<TKey>(Shape, Settings, _aggregates.Create))];
    }

    /// <summary>Adds a worker's local rows, each with the times of its records.</summary>
    public void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns, SessionSpan[] spans)
    {
        for (var index = 0; index < Shards.Length; index++)
        {
            var shard = Shards[index];
            lock (shard.Gate)
            {
                for (var row = 0; row < local.Count; row++)
                    if (ShardOf(local.Hash(row)) == index) shard.Merge(local.Key(row), local.Hash(row), spans[row], (columns, row));
            }
        }
    }

    public override void Advance(long watermark, ResultSink<TKey>? emit, long? keep)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                shard.Advance(watermark, keep, emit is null ? null : slot => emit.Emit(RowOf(shard, slot)));
                emit?.Pass();
            }
        }
    }

    public override void Restore(long watermark, long? keep) => Advance(watermark, null, keep);

    public override void Save(StateWriter writer, bool whole, Action<WindowRow>? saved)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                foreach (var (key, start) in shard.Gone)
                {
                    if (!whole) WriteGone(writer, key, start);
                    if (saved is not null && shard.Find(key, KeyHash.Of(key), start) < 0) saved(Box(Gone(key, start)));
                }
            }
        }

        writer.Byte(0);
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                foreach (var slot in whole ? shard.Slots() : shard.Changed) Write(writer, shard, slot, whole || shard.IsNew(slot));
                if (saved is not null)
                    foreach (var slot in shard.Changed) saved(Box(shard, slot));
                shard.ForgetChanges();
            }
        }

        writer.Byte(0);
    }

    public override void Load(StateReader reader)
    {
        using var arena = new TextArena();
        while (reader.Byte() == 1)
        {
            var key = Shape.Read(reader, arena);
            Shards[ShardOf(KeyHash.Of(key))].Remove(key, KeyHash.Of(key), reader.Number());
        }

        while (reader.Byte() == 1)
        {
            var key = Shape.Read(reader, arena);
            var shard = Shards[ShardOf(KeyHash.Of(key))];
            var (first, last) = (reader.Number(), reader.Number());
            var slot = shard.Place(key, KeyHash.Of(key), new SessionSpan(first, last, long.MinValue), isWhole: reader.Boolean());
            foreach (var column in shard.Columns) column.Load(slot, reader);
        }
    }

    public override SortedDictionary<long, List<ImmutableArray<object?>>> Read(string? key, long from, long toExcl, int limit)
    {
        var found = NewestFirst();
        using var arena = new TextArena();
        var wanted = default(TKey);
        if (key is not null && !Shape.TryParse(key, arena, out wanted)) return found;
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                var slots = key is null ? shard.Slots() : shard.SlotsOf(wanted!, KeyHash.Of(wanted!));
                foreach (var slot in slots.Where(s => shard.Span(s).First >= from && shard.Span(s).First < toExcl).OrderByDescending(s => shard.Span(s).First).Take(limit))
                {
                    var row = Box(shard, slot);
                    if (!found.TryGetValue(row.Start, out var rows)) found.Add(row.Start, rows = []);
                    rows.Add(row.Values);
                }
            }
        }

        return found;
    }

    public override IChangeListener Listen()
    {
        var listener = new ShardListener<(TKey, long)>(Shards.Length);
        for (var i = 0; i < Shards.Length; i++)
            lock (Shards[i].Gate) Shards[i].Listeners.Add(listener.Changes[i]);
        return listener;
    }

    public override void Forget(IChangeListener listener)
    {
        for (var i = 0; i < Shards.Length; i++)
            lock (Shards[i].Gate) Shards[i].Listeners.Remove(((ShardListener<(TKey, long)>)listener).Changes[i]);
    }

    public override void TakeChanges(IChangeListener listener, ResultSink<TKey> to)
    {
        for (var i = 0; i < Shards.Length; i++)
        {
            var (shard, changed) = (Shards[i], ((ShardListener<(TKey, long)>)listener).Changes[i]);
            lock (shard.Gate)
            {
                foreach (var (key, start) in changed)
                {
                    var slot = shard.Find(key, KeyHash.Of(key), start);
                    to.Emit(slot >= 0 ? RowOf(shard, slot) : Gone(key, start));
                }

                to.Pass();
                changed.Clear();
            }
        }
    }

    public override void TrackEnds()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.TrackEnds();
        }
    }

    public override bool HasEnds(long from, long to) => Any(shard => shard.Ended(from, to).Any());

    public override bool HasFinals(long from, long to) => Any(shard => shard.EarliestDue <= to);

    public override void EmitEnded(long from, long to, ResultSink<TKey> sink)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                foreach (var slot in shard.Ended(from, to))
                {
                    var row = RowOf(shard, slot);
                    sink.Emit(row.As(Firing.OnTime, row.Time));
                }

                sink.Pass();
            }
        }
    }

    public override StateSize Measure()
    {
        var size = default(StateSize);
        foreach (var shard in Shards)
        {
            lock (shard.Gate) size = size.With(shard.Count, shard.SizeBytes);
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

    private bool Any(Func<SessionShard<TKey>, bool> holds)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                if (holds(shard)) return true;
            }
        }

        return false;
    }

    private int ShardOf(int hash) => KeyShards.Of(hash, Shards.Length);

    private WindowedRow<TKey> RowOf(SessionShard<TKey> shard, int slot) => new(shard.Key(slot), (shard.Span(slot).First, shard.Span(slot).Last + Settings.Gap), shard.Columns, slot);

    private WindowRow Box(SessionShard<TKey> shard, int slot) => Box(RowOf(shard, slot));

    private void WriteGone(StateWriter writer, TKey key, long start)
    {
        writer.Byte(1);
        Shape.Write(key, writer);
        writer.Number(start);
    }

    private void Write(StateWriter writer, SessionShard<TKey> shard, int slot, bool whole)
    {
        writer.Byte(1);
        Shape.Write(shard.Key(slot), writer);
        writer.Number(shard.Span(slot).First);
        writer.Number(shard.Span(slot).Last);
        writer.Boolean(whole);
        foreach (var column in shard.Columns) column.Write(slot, writer, whole);
    }
}
