namespace Leat.Streams.Windows;

/// <summary>The panes of one part of the keys, oldest first, and who waits for their changes. All under <see cref="Gate"/>.</summary>
internal sealed class StoreShard<TKey>
{
    public Lock Gate { get; } = new();

    public SortedDictionary<long, Pane<TKey>> Panes { get; } = [];

    /// <summary>One set a subscription: rows changed since its last frame.</summary>
    public List<HashSet<(Pane<TKey> Pane, int Row)>> Listeners { get; } = [];
}
