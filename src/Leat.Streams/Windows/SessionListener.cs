namespace Leat.Streams.Windows;

/// <summary>Sessions that changed or are gone, by key and start, a set a shard, each under the shard's lock.</summary>
internal sealed class SessionListener<TKey>(int shards) : IChangeListener
{
    public HashSet<(TKey Key, long Start)>[] Changed { get; } = [.. Enumerable.Range(0, shards).Select(_ => new HashSet<(TKey, long)>())];
}
