using System.Numerics;

namespace Leat.Streams.Keys;

/// <summary>How keys are split into parts with a lock each.</summary>
internal static class KeyShards
{
    /// <summary>Parts for so many workers: a power of two.</summary>
    public static int Count(int workers) => (int)BitOperations.RoundUpToPowerOf2((uint)workers);

    /// <summary>Part of a key by its hash.</summary>
    public static int Of(int hash, int count) => (hash >>> 16) & (count - 1);
}
