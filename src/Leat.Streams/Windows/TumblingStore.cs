using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>Windows that do not overlap: each pane is one.</summary>
internal sealed class TumblingStore<TKey>(KeyShape<TKey> shape, WindowSettings settings, AggregateSet aggregates)
    : PaneStore<TKey>(shape, settings, aggregates)
{
    protected override Pane<TKey> PaneOf(StoreShard<TKey> shard, long id)
    {
        if (shard.Panes.TryGetValue(id, out var pane) && !pane.IsFinal) return pane;
        if (pane is not null || Settings.IsFinal(id, shard.FinalUpTo)) throw StreamErrors.FinalWindow(TimeOf(id));
        pane = NewPane(id);
        shard.Panes.Add(id, pane);
        return pane;
    }

    protected override void Advance(StoreShard<TKey> shard, long watermark, ResultSink<TKey>? emit, long? keep)
    {
        foreach (var (start, pane) in shard.Panes)
        {
            if (!Settings.IsFinal(start, watermark)) break;
            if (!pane.IsFinal) Close(pane, emit);
        }

        shard.Drop(shard.Panes, start => Settings.IsFinal(start, watermark) && (keep is null || start + Settings.Size + keep <= watermark));
    }

    protected override void Restore(StoreShard<TKey> shard, long watermark, long? keep) => Advance(shard, watermark, null, keep);

    protected override IEnumerable<(long Start, List<ImmutableArray<object?>> Rows)> Windows(StoreShard<TKey> shard, (TKey Key, int Hash)? key, long from, long toExcl)
    {
        foreach (var (start, pane) in shard.Panes.Reverse())
        {
            if (start >= from && start < toExcl) yield return (start, BoxAll(pane, key));
        }
    }

    protected override void Expand(StoreShard<TKey> shard, IReadOnlyCollection<(Pane<TKey> Pane, int Row)> changed, ResultSink<TKey> to)
    {
        foreach (var (pane, at) in changed)
            if (!pane.IsGone) to.Emit(RowOf(pane, at));
    }

    protected override void EmitEnded(StoreShard<TKey> shard, long from, long to, ResultSink<TKey> sink)
    {
        foreach (var (start, pane) in shard.Panes)
        {
            if (start + Settings.Size > to) break;
            if (start + Settings.Size > from) EmitAll(pane, sink, Firing.OnTime);
        }
    }

    private void Close(Pane<TKey> pane, ResultSink<TKey>? emit)
    {
        if (emit is not null) EmitAll(pane, emit);
        pane.Close();
    }
}
