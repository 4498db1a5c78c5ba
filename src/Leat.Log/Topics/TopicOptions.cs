namespace Leat.Log;

/// <summary>Settings of a topic.</summary>
public sealed record TopicOptions
{
    /// <summary>Partitions, 1 to 1,024. Default 1.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>When an append counts as durable. Default <see cref="Durability.Fsync"/>.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Size at which a segment is sealed, 64 KB to 1 GB. Default 128 MB.</summary>
    public long SegmentBytes { get; init; } = 128L << 20;
}
