using System.Numerics;

namespace Leat.Streams.Keys;

/// <summary>How keys are split into parts with a lock each.</summary>
internal static class KeyShards
{
    /// <summary>Parts for so many workers: a power of two.</summary>
    public static int Count(int workers) => (int)BitOperations.RoundUpToPowerOf2((uint)workers);

    /// <summary>Part of a key by the highest bits of its hash: the tables inside the parts go by the lowest ones, and must not find those equal.</summary>
    public static int Of(int hash, int count) => count == 1 ? 0 : (int)((uint)hash >> (32 - BitOperations.Log2((uint)count)));
}
