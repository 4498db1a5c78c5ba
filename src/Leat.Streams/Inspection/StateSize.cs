namespace Leat.Streams.Inspection;

/// <summary>How much an operator keeps.</summary>
/// <param name="Keys">Keys; of windows, pairs of key and window.</param>
/// <param name="SizeBytes">Memory, in bytes; of sketches and sets an estimate.</param>
/// <param name="LargestShardKeys">Keys of the shard that has the most.</param>
internal readonly record struct StateSize(long Keys, long SizeBytes, long LargestShardKeys)
{
    /// <summary>With one more shard.</summary>
    public StateSize With(long keys, long sizeBytes) => new(Keys + keys, SizeBytes + sizeBytes, Math.Max(LargestShardKeys, keys));
}
