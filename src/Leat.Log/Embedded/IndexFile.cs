using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Storage;

namespace Leat.Log;

/// <summary>The side file of a segment: index points and idempotency keys. Everything in it can be rebuilt from the segment.</summary>
/// <remarks>
/// A chunk is points, keys, trailer (little-endian, as in memory). It is appended after an fsync of what it describes and is not itself
/// fsynced: a chunk that did not arrive whole fails its checksum, and the file counts as missing.
/// </remarks>
internal static class IndexFile
{
    private static readonly int TrailerBytes = Unsafe.SizeOf<IndexTrailer>();
    private static readonly int EntryBytes = Unsafe.SizeOf<IndexEntry>();
    private static readonly int KeyBytes = Unsafe.SizeOf<KeyEntry>();

    /// <summary>Adds a chunk at the end of the file.</summary>
    public static void Append(DurableFiles files, string path, IndexTrailer trailer, ReadOnlySpan<IndexEntry> entries, ReadOnlySpan<KeyEntry> keys)
    {
        var bytes = new byte[(entries.Length * EntryBytes) + (keys.Length * KeyBytes) + TrailerBytes];
        var body = bytes.AsSpan(0, bytes.Length - TrailerBytes);
        MemoryMarshal.AsBytes(entries).CopyTo(body);
        MemoryMarshal.AsBytes(keys).CopyTo(body[(entries.Length * EntryBytes)..]);
        trailer = trailer with { Magic = IndexTrailer.RightMagic, Entries = entries.Length, Keys = keys.Length, BodyCrc = Crc32C.Of(body) };
        trailer.Crc = CrcOf(trailer);
        MemoryMarshal.Write(bytes.AsSpan(body.Length), trailer);
        using var file = files.OpenOrCreate(path);
        var end = file.Length;
        try
        {
            file.Write(bytes, end);
        }
        catch (IOException)
        {
            file.Truncate(end);
            throw;
        }
    }

    /// <summary>The newest trailer, or null when the file is missing or damaged. Does not check points and keys.</summary>
    public static IndexTrailer? ReadTrailer(DurableFiles files, string path)
    {
        if (!File.Exists(path)) return null;
        using var file = files.OpenRead(path);
        return TrailerAt(file, file.Length);
    }

    /// <summary>All points, oldest first, and on request all keys; null when the file is missing or damaged.</summary>
    public static List<IndexEntry>? Load(DurableFiles files, string path, List<KeyEntry>? keys)
    {
        if (!File.Exists(path)) return null;
        using var file = files.OpenRead(path);
        List<(IndexEntry[] Entries, KeyEntry[] Keys)> chunks = [];
        var end = file.Length;
        var expectedTo = -1L;
        while (end > 0)
        {
            if (TrailerAt(file, end) is not { } trailer || (expectedTo >= 0 && trailer.ToBytes != expectedTo)) return null;
            var bodyBytes = BodyBytes(trailer);
            var chunk = ReadBody(file, end - TrailerBytes - bodyBytes, trailer);
            if (chunk is null) return null;
            chunks.Add(chunk.Value);
            end -= TrailerBytes + bodyBytes;
            expectedTo = trailer.FromBytes;
        }
        if (expectedTo > 0) return null;
        chunks.Reverse();
        foreach (var chunk in chunks) keys?.AddRange(chunk.Keys);
        return [.. chunks.SelectMany(c => c.Entries)];
    }

    private static IndexTrailer? TrailerAt(DurableFile file, long end)
    {
        if (end < TrailerBytes) return null;
        Span<byte> bytes = stackalloc byte[TrailerBytes];
        if (file.Read(bytes, end - TrailerBytes) != TrailerBytes) return null;
        var trailer = MemoryMarshal.Read<IndexTrailer>(bytes);
        var whole = trailer.Magic == IndexTrailer.RightMagic && trailer.Crc == CrcOf(trailer);
        return whole && trailer.Entries >= 0 && trailer.Keys >= 0 && BodyBytes(trailer) <= end - TrailerBytes ? trailer : null;
    }

    private static (IndexEntry[] Entries, KeyEntry[] Keys)? ReadBody(DurableFile file, long position, IndexTrailer trailer)
    {
        var bytes = new byte[BodyBytes(trailer)];
        if (file.Read(bytes, position) != bytes.Length || Crc32C.Of(bytes) != trailer.BodyCrc) return null;
        var entryBytes = trailer.Entries * EntryBytes;
        return (MemoryMarshal.Cast<byte, IndexEntry>(bytes.AsSpan(0, entryBytes)).ToArray(), MemoryMarshal.Cast<byte, KeyEntry>(bytes.AsSpan(entryBytes)).ToArray());
    }

    private static long BodyBytes(IndexTrailer trailer) => ((long)trailer.Entries * EntryBytes) + ((long)trailer.Keys * KeyBytes);

    private static uint CrcOf(IndexTrailer trailer) => Crc32C.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<IndexTrailer>(in trailer))[..^8]);
}
