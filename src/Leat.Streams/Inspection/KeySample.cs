using Leat.Streams.Kernels;

namespace Leat.Streams.Inspection;

/// <summary>Hashes of the keys of a few rows a chunk, the newest 512: enough to see a key that has much of the rows. Written by all workers without a lock; a hash lost to another worker does not matter.</summary>
internal sealed class KeySample
{
    private const int Size = 512;
    private const int RowsAChunk = 4;
    private const int Fewest = 64;
    private readonly int[] _hashes = new int[Size];
    private long _taken;

    /// <summary>Takes rows spread over a chunk.</summary>
    public void Note<TKey>(TKey[] keys, int count)
    {
        var step = Math.Max(1, count / RowsAChunk);
        var at = Volatile.Read(ref _taken);
        for (var row = (int)(at % step); row < count; row += step) _hashes[at++ % Size] = KeyHash.Of(keys[row]);
        Volatile.Write(ref _taken, at);
    }

    /// <summary>Share of the rows that the most frequent key has, off by about 0.05; null while too few were seen.</summary>
    public double? LargestShare()
    {
        var count = (int)Math.Min(Volatile.Read(ref _taken), Size);
        if (count < Fewest) return null;
        var sorted = _hashes[..count];
        Array.Sort(sorted);
        var (most, run) = (1, 1);
        for (var i = 1; i < count; i++)
        {
            run = sorted[i] == sorted[i - 1] ? run + 1 : 1;
            most = Math.Max(most, run);
        }

        return (double)most / count;
    }
}
