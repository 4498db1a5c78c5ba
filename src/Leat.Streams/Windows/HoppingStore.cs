using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Windows;

/// <summary>
/// Windows that overlap: panes are slices, so that each record is added once, and a window is combined from its slices when it is read or closed.
/// Where all aggregates can be taken away again, a window that closes is the one before with the slices that enter and without those that leave.
/// Results of closed windows are kept beside them while a view reads them.
/// </summary>
internal sealed class HoppingStore<TKey>(KeyShape<TKey> shape, WindowSettings settings, AggregateSet aggregates)
    : PaneStore<TKey>(shape, settings, aggregates)
{
    /// <summary>Whether taking away the slices that leave is cheaper than combining all slices of each window.</summary>
    private readonly bool _isRunning = aggregates.CreateRunning is not null && settings.Size > 2 * settings.Slide;

    protected override int Parts => 2;

    protected override SortedDictionary<long, Pane<TKey>> PanesOf(StoreShard<TKey> shard, int part) => part == 0 ? shard.Panes : shard.Results;

    protected override Pane<TKey> PaneOf(StoreShard<TKey> shard, long id)
    {
        if (shard.Panes.TryGetValue(id, out var pane)) return pane;
        if (Settings.IsFinal(Settings.FirstOf(id), shard.FinalUpTo)) throw StreamErrors.FinalWindow(TimeOf(Settings.FirstOf(id)));
        pane = NewPane(id);
        shard.Panes.Add(id, pane);
        return pane;
    }

    protected override void Advance(StoreShard<TKey> shard, long watermark, ResultSink<TKey>? emit, long? keep)
    {
        foreach (var start in Due(shard, watermark))
        {
            if (_isRunning) Run(shard, start, emit, keep is not null);
            else Close(shard, Combine(shard, start, null), emit, keep is not null);
        }

        Drop(shard, watermark, keep);
    }

    protected override void Restore(StoreShard<TKey> shard, long watermark, long? keep)
    {
        foreach (var result in shard.Results.Values) result.Close();
        Drop(shard, watermark, keep);
    }

    protected override IEnumerable<(long Start, List<ImmutableArray<object?>> Rows)> Windows(StoreShard<TKey> shard, (TKey Key, int Hash)? key, long from, long toExcl)
    {
        SortedSet<long> starts = [.. shard.Panes.Keys.SelectMany(Settings.WindowsOf).Where(start => !Settings.IsFinal(start, shard.FinalUpTo))];
        starts.UnionWith(shard.Results.Keys);
        foreach (var start in starts.Reverse())
        {
            if (start < from || start >= toExcl) continue;
            if (shard.Results.TryGetValue(start, out var result))
            {
                yield return (start, BoxAll(result, key));
                continue;
            }

            using var open = Combine(shard, start, key);
            yield return (start, BoxAll(open, null));
        }
    }

    protected override void Expand(StoreShard<TKey> shard, IReadOnlyCollection<(Pane<TKey> Pane, int Row)> changed, ResultSink<TKey> to)
    {
        var open = new SortedDictionary<long, HashSet<TKey>>();
        foreach (var (pane, at) in changed)
        {
            if (pane.IsGone) continue;
            if (pane.IsFinal) to.Emit(RowOf(pane, at));
            else
            {
                foreach (var start in Settings.WindowsOf(pane.Start).Where(start => !Settings.IsFinal(start, shard.FinalUpTo)))
                {
                    if (!open.TryGetValue(start, out var keys)) open.Add(start, keys = []);
                    _ = keys.Add(pane.Table.Key(at));
                }
            }
        }

        foreach (var (start, keys) in open)
        {
            foreach (var key in keys)
            {
                using var one = Combine(shard, start, (key, KeyHash.Of(key)));
                to.Emit(RowOf(one, 0));
                to.Pass();
            }
        }
    }

    protected override void EmitEnded(StoreShard<TKey> shard, long from, long to, ResultSink<TKey> sink)
    {
        SortedSet<long> starts = [.. shard.Panes.Keys.SelectMany(Settings.WindowsOf).Where(start => start + Settings.Size > from && start + Settings.Size <= to)];
        foreach (var start in starts)
        {
            using var window = Combine(shard, start, null);
            EmitAll(window, sink, Firing.OnTime);
        }
    }

    /// <summary>Windows to close at the watermark, oldest first. Asked many times a second: looks only at slices that have a final window, and at windows that became final since.</summary>
    private SortedSet<long> Due(StoreShard<TKey> shard, long watermark)
    {
        var due = new SortedSet<long>();
        var open = Settings.FirstOpen(shard.FinalUpTo);
        foreach (var id in shard.Panes.Keys)
        {
            if (!Settings.IsFinal(Settings.FirstOf(Settings.SliceOf(id)), watermark)) break;
            var last = Settings.LastOf(id);
            for (var start = Math.Max(open, Settings.FirstOf(id)); start <= last && Settings.IsFinal(start, watermark); start += Settings.Slide) _ = due.Add(start);
        }

        return due;
    }

    /// <summary>A window from its slices: all keys, or one.</summary>
    private Pane<TKey> Combine(StoreShard<TKey> shard, long start, (TKey Key, int Hash)? key)
    {
        var window = NewPane(start);
        foreach (var (id, slice) in shard.Panes)
        {
            if (id >= start + Settings.Size) break;
            if (id < start || Settings.FirstOf(id) > start) continue;
            if (key is { } one)
            {
                if (slice.Table.Find(one.Key, one.Hash, id) is >= 0 and var found) _ = window.Add(one.Key, one.Hash, slice.Columns, found);
                continue;
            }

            for (var row = 0; row < slice.Table.Count; row++) _ = window.Add(slice.Table.Key(row), slice.Table.Hash(row), slice.Columns, row);
        }

        return window;
    }

    private void Close(StoreShard<TKey> shard, Pane<TKey> result, ResultSink<TKey>? emit, bool keeps)
    {
        if (emit is not null) EmitAll(result, emit);
        if (keeps) Keep(shard, result);
        else result.Dispose();
    }

    /// <summary>Closes a window with what it shares with the one before: slices that enter are added, those that leave are taken away.</summary>
    private void Run(StoreShard<TKey> shard, long start, ResultSink<TKey>? emit, bool keeps)
    {
        var running = shard.Running ??= new RunningWindow<TKey>(Shape, Aggregates.CreateRunning!);
        if (running.Start != start || running.IsWasteful) Build(shard, running, start);
        foreach (var (id, slice) in shard.Panes)
            if (Settings.FirstOf(id) == start) running.Add(slice);
        if (emit is not null) Emit(running, start, emit);
        if (keeps) Keep(shard, ResultOf(running, start));
        foreach (var (id, slice) in shard.Panes)
            if (Settings.LastOf(id) == start) running.Deduct(slice);
        running.Start = start + Settings.Slide;
    }

    private void Emit(RunningWindow<TKey> running, long start, ResultSink<TKey> emit)
    {
        var end = start + Settings.Size;
        foreach (var row in running.Rows()) emit.Emit(new WindowedRow<TKey>(running.Key(row), (start, end), running.Columns, row).As(Firing.Final, end - 1));
        emit.Pass();
    }

    private Pane<TKey> ResultOf(RunningWindow<TKey> running, long start)
    {
        var result = NewPane(start);
        foreach (var from in running.Rows())
        {
            var row = result.FindOrAdd(running.Key(from), running.Hash(from));
            for (var i = 0; i < result.Columns.Length; i++) running.Columns[i].Give(from, result.Columns[i], row);
        }

        return result;
    }

    /// <summary>From the slices that the window shares with the one before.</summary>
    private void Build(StoreShard<TKey> shard, RunningWindow<TKey> running, long start)
    {
        running.Clear();
        foreach (var (id, slice) in shard.Panes)
            if (Settings.FirstOf(id) < start && Settings.LastOf(id) >= start) running.Add(slice);
        running.NoteBuilt();
    }

    private static void Keep(StoreShard<TKey> shard, Pane<TKey> result)
    {
        result.Close();
        shard.Results.Add(result.Start, result);
        for (var row = 0; row < result.Table.Count; row++)
        {
            result.MarkChanged(row);
            shard.Notify(result, row);
        }
    }

    private void Drop(StoreShard<TKey> shard, long watermark, long? keep)
    {
        shard.Drop(shard.Panes, id => Settings.IsFinal(Settings.LastOf(id), watermark));
        shard.Drop(shard.Results, start => keep is null || start + Settings.Size + keep <= watermark);
    }
}
