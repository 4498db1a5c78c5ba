using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Leat.Storage;

namespace Leat.Log;

/// <summary>Side files with the producers of a partition as of an offset; what follows is read from the log. Can be rebuilt from the log.</summary>
/// <remarks>
/// Written after an fsync of what it describes and not itself fsynced: a file that did not arrive whole fails its checksum and an older one counts.
/// Layout, little-endian: entries (id, epoch, seen, open since, count, batches), aborted ranges, then 24 bytes: number of entries, number of ranges, end offset, CRC-32C of everything before, magic.
/// </remarks>
internal static class ProducerSnapshot
{
    public const string Extension = ".producers";
    private const int Kept = 2;
    private const uint Magic = 0x31444F52;
    private const int TrailerBytes = 24;
    private const int EntryBytes = 8 + 8 + 8 + 4 + 4 + (ProducerEntry.BatchesKept * 16);
    private static readonly int RangeBytes = Marshal.SizeOf<AbortedRange>();

    /// <summary>Writes the table as of <paramref name="endOffsetExcl"/> and removes all but the newest files.</summary>
    public static void Save(DurableFiles files, string folder, ProducerTable table, long endOffsetExcl)
    {
        var bytes = Encode(table, endOffsetExcl);
        using (var file = files.OpenOrCreate(PathOf(folder, endOffsetExcl)))
        {
            file.Write(bytes, 0);
            if (file.Length > bytes.Length) file.Truncate(bytes.Length);
        }
        KeepNewest(files, folder);
    }

    /// <summary>As <see cref="Save"/>, and survives a power cut: for partitions whose compaction removes batches from which the table could be rebuilt.</summary>
    public static void SaveDurably(DurableFiles files, string folder, ProducerTable table, long endOffsetExcl)
    {
        files.Replace(PathOf(folder, endOffsetExcl), Encode(table, endOffsetExcl));
        KeepNewest(files, folder);
    }

    private static byte[] Encode(ProducerTable table, long endOffsetExcl)
    {
        var bytes = new byte[(table.Count * EntryBytes) + (table.Aborted.Length * RangeBytes) + TrailerBytes];
        var at = bytes.AsSpan();
        foreach (var entry in table.Entries) at = Write(at, entry);
        MemoryMarshal.AsBytes(table.Aborted.AsSpan()).CopyTo(at);
        var trailer = bytes.AsSpan(bytes.Length - TrailerBytes);
        BinaryPrimitives.WriteInt32LittleEndian(trailer, table.Count);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[4..], table.Aborted.Length);
        BinaryPrimitives.WriteInt64LittleEndian(trailer[8..], endOffsetExcl);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[16..], Crc32C.Of(bytes.AsSpan(0, bytes.Length - 8)));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[20..], Magic);
        return bytes;
    }

    private static void KeepNewest(DurableFiles files, string folder)
    {
        foreach (var old in List(folder).SkipLast(Kept)) files.Delete(PathOf(folder, old));
    }

    /// <summary>Fills the table from the newest usable file at or before <paramref name="endOffsetExcl"/>; later ones describe what is gone and are removed.</summary>
    /// <returns>The offset that the table is of; -1 when no file could be used.</returns>
    public static long Load(DurableFiles files, string folder, ProducerTable into, long endOffsetExcl)
    {
        foreach (var offset in List(folder).Reverse())
        {
            if (offset > endOffsetExcl) files.Delete(PathOf(folder, offset));
            else if (TryRead(files, PathOf(folder, offset), offset, into)) return offset;
        }
        return -1;
    }

    private static string PathOf(string folder, long offset) => Path.Combine(folder, offset.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    private static IEnumerable<long> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => n.Length == 20 && n.All(char.IsAsciiDigit))
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture))
            .Order()];

    private static Span<byte> Write(Span<byte> at, ProducerEntry entry)
    {
        BinaryPrimitives.WriteInt64LittleEndian(at, entry.ProducerId);
        BinaryPrimitives.WriteInt64LittleEndian(at[8..], entry.SeenMs);
        BinaryPrimitives.WriteInt64LittleEndian(at[16..], entry.OpenSince);
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], entry.Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], entry.Count);
        MemoryMarshal.AsBytes(entry.Batches).CopyTo(at[32..]);
        return at[EntryBytes..];
    }

    private static ProducerEntry ReadEntry(ReadOnlySpan<byte> at)
    {
        var entry = new ProducerEntry(BinaryPrimitives.ReadInt64LittleEndian(at))
        {
            SeenMs = BinaryPrimitives.ReadInt64LittleEndian(at[8..]),
            OpenSince = BinaryPrimitives.ReadInt64LittleEndian(at[16..]),
            Epoch = (short)BinaryPrimitives.ReadInt32LittleEndian(at[24..]),
        };
        var count = BinaryPrimitives.ReadInt32LittleEndian(at[28..]);
        foreach (var batch in MemoryMarshal.Cast<byte, ProducerBatch>(at.Slice(32, count * 16))) entry.Add(batch);
        return entry;
    }

    private static bool TryRead(DurableFiles files, string path, long offset, ProducerTable into)
    {
        using var file = files.OpenRead(path);
        var bytes = new byte[file.Length];
        if (bytes.Length < TrailerBytes || file.Read(bytes, 0) != bytes.Length) return false;
        var trailer = bytes.AsSpan(bytes.Length - TrailerBytes);
        var (entries, ranges) = (BinaryPrimitives.ReadInt32LittleEndian(trailer), BinaryPrimitives.ReadInt32LittleEndian(trailer[4..]));
        var isWhole = BinaryPrimitives.ReadUInt32LittleEndian(trailer[20..]) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[16..]) == Crc32C.Of(bytes.AsSpan(0, bytes.Length - 8))
            && BinaryPrimitives.ReadInt64LittleEndian(trailer[8..]) == offset
            && bytes.Length == ((long)entries * EntryBytes) + ((long)ranges * RangeBytes) + TrailerBytes;
        if (!isWhole) return false;
        var body = bytes.AsSpan();
        var restored = new List<ProducerEntry>(entries);
        for (var i = 0; i < entries; i++, body = body[EntryBytes..]) restored.Add(ReadEntry(body));
        into.Restore(restored, MemoryMarshal.Cast<byte, AbortedRange>(body[..(ranges * RangeBytes)]).ToArray());
        return true;
    }
}
