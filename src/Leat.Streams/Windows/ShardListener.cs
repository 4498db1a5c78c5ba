namespace Leat.Streams.Windows;

/// <summary>What changed since the last frame of a subscription: a set a shard, each under the shard's lock.</summary>
internal sealed class ShardListener<TChange>(int shards) : IChangeListener
{
    public HashSet<TChange>[] Changes { get; } = [.. Enumerable.Range(0, shards).Select(_ => new HashSet<TChange>())];
}
