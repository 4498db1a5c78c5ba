namespace Leat.Log;

/// <summary>Chooses partitions the way Kafka's default partitioner does.</summary>
public static class Partitioner
{
    /// <summary>Partition of a key: equal for equal keys, and equal to the choice of Kafka's Java clients.</summary>
    public static int For(ReadOnlySpan<byte> key, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        return (int)((Murmur2.Of(key) & 0x7FFFFFFF) % (uint)partitions);
    }
}
