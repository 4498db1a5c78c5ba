using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using Leat.Core;
using Leat.Storage;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>Rows of an epoch for a sink, as a file of batches. Frame: length, CRC-32C, batch.</summary>
internal static class RowFile
{
    public const string Extension = ".rows";
    private const int HeaderBytes = 8;

    /// <summary>Writes the file, synced; its name is durable after a sync of the folder.</summary>
    /// <returns>Bytes.</returns>
    public static long Write(DurableFiles files, string path, ImmutableArray<Batch> batches)
    {
        using var file = files.Create(path);
        long at = 0;
        foreach (var batch in batches)
        {
            var bytes = new ArrayBufferWriter<byte>(1 << 16);
            bytes.Advance(HeaderBytes);
            BatchCodec.Write(batch, bytes);
            var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(bytes.WrittenMemory);
            BinaryPrimitives.WriteInt32LittleEndian(frame.Span, frame.Length - HeaderBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(frame.Span[4..], Checksum.Of(frame.Span[HeaderBytes..]));
            file.Write(frame, at);
            at += frame.Length;
        }

        file.Sync();
        return at;
    }

    /// <summary>The batches, one at a time in memory, the caller's to dispose.</summary>
    /// <exception cref="LeatException">LEAT2130 missing or damaged.</exception>
    public static async IAsyncEnumerable<Batch> ReadAsync(DurableFiles files, string path)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (!File.Exists(path)) throw StreamErrors.DamagedState(path, "rows of the checkpoint that a sink does not have yet are missing");
        using var file = files.OpenRead(path);
        for (long at = 0; at < file.Length;)
        {
            var frame = Frame(file, path, at);
            at += HeaderBytes + frame.Length;
            yield return BatchCodec.Read(frame, out _);
        }
    }

    private static byte[] Frame(DurableFile file, string path, long at)
    {
        var header = new byte[HeaderBytes];
        var size = file.Read(header, at) < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size < 0 || at + HeaderBytes + size > file.Length) throw StreamErrors.DamagedState(path, $"no rows at byte {at}");
        var frame = new byte[size];
        if (file.Read(frame, at + HeaderBytes) < size || Checksum.Of(frame) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4))) throw StreamErrors.DamagedState(path, $"the rows at byte {at} are damaged (checksum)");
        return frame;
    }
}
