using System.Buffers.Binary;
using Leat.Storage;

namespace Leat.Streams.State.Spill;

/// <summary>A file of keys by rising hash, in blocks of about 4 KB. In memory are a filter and the first hash of each block. Entry: hash, length and a bit for gone, bytes.</summary>
internal sealed class SpillRun(DurableFile file, HashFilter filter, List<uint> firstHashes, List<long> starts, (long Length, long Count) size)
{
    public const int HeaderBytes = 8;

    public DurableFile File => file;

    /// <summary>Bytes on disk.</summary>
    public long Length => size.Length;

    /// <summary>Entries.</summary>
    public long Count => size.Count;

    /// <summary>Bytes in memory.</summary>
    public long SizeBytes => filter.SizeBytes + ((long)firstHashes.Capacity * sizeof(uint)) + ((long)starts.Capacity * sizeof(long));

    public bool MayContain(uint hash) => filter.MayContain(hash);

    /// <summary>All entries of a hash.</summary>
    public IEnumerable<SpillEntry> Find(uint hash)
    {
        if (!filter.MayContain(hash)) yield break;
        using var reader = ReadFrom(starts[BlockOf(hash)]);
        while (reader.TryRead(out var entry) && entry.Hash <= hash)
            if (entry.Hash == hash) yield return entry;
    }

    /// <summary>All entries in their order.</summary>
    public SpillReader ReadAll() => new(file, 0, size.Length, SpillReader.LongBlock);

    public static int WriteHeader(Span<byte> to, SpillEntry entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, entry.Hash);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], ((uint)entry.Bytes.Length << 1) | (entry.IsGone ? 1u : 0u));
        return HeaderBytes;
    }

    private SpillReader ReadFrom(long start) => new(file, start, size.Length, SpillReader.ShortBlock);

    /// <summary>The last block that begins before the hash, as entries of one hash may begin in it; else the first.</summary>
    private int BlockOf(uint hash)
    {
        var (low, high) = (0, firstHashes.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (firstHashes[middle] < hash) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
