using System.Buffers.Binary;

namespace Leat.Serve.Collector.Kernels;

/// <summary>Kafka's default partitioner, so that events keep their partition when the topic moves to Kafka. Checked against values of Kafka's own test.</summary>
internal static class Murmur2
{
    /// <summary>Partition of a key, 0 to <paramref name="partitions"/> - 1.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & 0x7fffffff) % partitions;

    public static int Hash(ReadOnlySpan<byte> data)
    {
        const uint m = 0x5bd1e995;
        var h = 0x9747b28cu ^ (uint)data.Length;
        while (data.Length >= 4)
        {
            var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * m;
            k ^= k >> 24;
            h = (h * m) ^ (k * m);
            data = data[4..];
        }
        if (data.Length >= 3) h ^= (uint)data[2] << 16;
        if (data.Length >= 2) h ^= (uint)data[1] << 8;
        if (data.Length >= 1) h = (h ^ data[0]) * m;
        h = (h ^ (h >> 13)) * m;
        return (int)(h ^ (h >> 15));
    }
}
