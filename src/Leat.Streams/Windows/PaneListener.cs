namespace Leat.Streams.Windows;

/// <summary>Rows of panes that changed, a set a shard, each under the shard's lock.</summary>
internal sealed class PaneListener<TKey>(int shards) : IChangeListener
{
    public HashSet<(Pane<TKey> Pane, int Row)>[] Rows { get; } = [.. Enumerable.Range(0, shards).Select(_ => new HashSet<(Pane<TKey>, int)>())];
}
