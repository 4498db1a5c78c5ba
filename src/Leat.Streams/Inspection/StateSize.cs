namespace Leat.Streams.Inspection;

/// <summary>How much an operator keeps.</summary>
/// <param name="Keys">Keys; of windows, pairs of key and window.</param>
/// <param name="SizeBytes">Memory, in bytes; of sketches and sets an estimate.</param>
/// <param name="LargestShardKeys">Keys of the shard that has the most.</param>
internal readonly record struct StateSize(long Keys, long SizeBytes, long LargestShardKeys)
{
    /// <summary>State on disk, in bytes.</summary>
    public long SpilledBytes { get; init; }

    /// <summary>With one more shard.</summary>
    public StateSize With(long keys, long sizeBytes) => new(Keys + keys, SizeBytes + sizeBytes, Math.Max(LargestShardKeys, keys)) { SpilledBytes = SpilledBytes };

    /// <summary>With the part of a shard that is on disk.</summary>
    public StateSize WithSpilled(long bytes) => this with { SpilledBytes = SpilledBytes + bytes };
}
