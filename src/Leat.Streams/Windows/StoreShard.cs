namespace Leat.Streams.Windows;

/// <summary>The panes of one part of the keys, oldest first, and who waits for their changes. All under <see cref="Gate"/>.</summary>
internal sealed class StoreShard<TKey>
{
    public Lock Gate { get; } = new();

    /// <summary>What workers merge into.</summary>
    public SortedDictionary<long, Pane<TKey>> Panes { get; } = [];

    /// <summary>Results of closed windows that are still read, where panes are not windows themselves.</summary>
    public SortedDictionary<long, Pane<TKey>> Results { get; } = [];

    /// <summary>The window that closes next, where it is worth to keep one.</summary>
    public RunningWindow<TKey>? Running { get; set; }

    /// <summary>Windows that are final at this watermark are closed.</summary>
    public long FinalUpTo { get; set; } = long.MinValue;

    /// <summary>One set a subscription: rows changed since its last frame.</summary>
    public List<HashSet<(Pane<TKey> Pane, int Row)>> Listeners { get; } = [];

    /// <summary>Rows of all panes: pairs of key and window or slice.</summary>
    public long Keys => Panes.Values.Sum(p => (long)p.Table.Count) + Results.Values.Sum(p => (long)p.Table.Count);

    /// <summary>Memory of all panes, in bytes.</summary>
    public long SizeBytes => Panes.Values.Sum(p => p.SizeBytes) + Results.Values.Sum(p => p.SizeBytes) + (Running?.SizeBytes ?? 0);

    public void Notify(Pane<TKey> pane, int row)
    {
        foreach (var listener in Listeners) listener.Add((pane, row));
    }

    /// <summary>Removes and frees the panes for which <paramref name="isGone"/> holds; those are the oldest. Who did not take their changes yet will not get them: a reader that stands still must not keep them.</summary>
    public void Drop(SortedDictionary<long, Pane<TKey>> panes, Func<long, bool> isGone)
    {
        foreach (var start in panes.Keys.TakeWhile(isGone).ToList())
        {
            panes.Remove(start, out var pane);
            foreach (var listener in Listeners) listener.RemoveWhere(change => change.Pane == pane);
            pane!.Dispose();
        }
    }

    public void Clear()
    {
        Drop(Panes, _ => true);
        Drop(Results, _ => true);
        Running?.Dispose();
        Running = null;
    }
}
