using Leat.Streams.Keys;

namespace Leat.Streams.Deduplication;

/// <summary>What passed, for one part of the keys, in panes of event time as long as repetitions are looked for: a key passes once in a pane at most. All under <see cref="Gate"/>.</summary>
/// <param name="shape">Of the key.</param>
/// <param name="within">Ticks in which a second record of a key is a repetition.</param>
internal sealed class DedupShard<TKey>(KeyShape<TKey> shape, long within) : IDisposable
{
    public Lock Gate { get; } = new();

    public SortedDictionary<long, DedupPane<TKey>> Panes { get; } = [];

    /// <summary>Whether nothing of the key passed nearer than the time given; if so it passes now.</summary>
    public bool Passes(TKey key, int hash, long time)
    {
        var pane = PaneOf(time);
        for (var near = pane - 1; near <= pane + 1; near++)
        {
            if (Panes.TryGetValue(near, out var held) && held.TryFind(key, hash, out var passed) && Math.Abs(passed - time) < within) return false;
        }

        Add(key, hash, time);
        return true;
    }

    public void Add(TKey key, int hash, long time)
    {
        if (!Panes.TryGetValue(PaneOf(time), out var pane)) Panes.Add(PaneOf(time), pane = new DedupPane<TKey>(shape));
        pane.Add(key, hash, time);
    }

    /// <summary>Drops panes that no record still taken at the watermark can repeat: such a record is at most one time span older than it, what it repeats another.</summary>
    public void Drop(long watermark)
    {
        foreach (var pane in Panes.Keys.TakeWhile(p => ((p + 3) * within) <= watermark).ToList())
        {
            Panes.Remove(pane, out var gone);
            gone!.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var pane in Panes.Values) pane.Dispose();
        Panes.Clear();
    }

    private long PaneOf(long time) => (time / within) - (time % within < 0 ? 1 : 0);
}
