using System.Buffers.Binary;
using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Kernels;

/// <summary>Reads deletion vectors: inline ones, and those in files beside the data.</summary>
internal static class DeletionVectorFile
{
    private const int EncodedUuidLength = 20;

    /// <summary>Rows deleted from the file, counted from 0, ascending.</summary>
    /// <exception cref="LeatException">LEAT3014 missing or damaged (size, checksum, number of rows).</exception>
    public static long[] Read(DeletionVectorDescriptor vector, string root)
    {
        try
        {
            var rows = RoaringRows.Read(Bitmap(vector, root));
            return rows.LongLength == vector.Cardinality ? rows : throw new FormatException($"{rows.LongLength} rows, the log says {vector.Cardinality}");
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw LakeErrors.DamagedVector($"{root} ({vector.Id})", e);
        }
    }

    /// <summary>Where the vector's file is.</summary>
    internal static string PathOf(DeletionVectorDescriptor vector, string root)
    {
        if (vector.StorageType == "p") return DataPath.Canonical(DataPath.Decode(vector.PathOrInline));
        if (vector.StorageType != "u" || vector.PathOrInline.Length < EncodedUuidLength) throw new FormatException($"'{vector.Id}' is no deletion vector");
        var uuid = new Guid(Z85.Decode(vector.PathOrInline[^EncodedUuidLength..]), bigEndian: true);
        return Path.Combine(root, vector.PathOrInline[..^EncodedUuidLength], $"deletion_vector_{uuid}.bin");
    }

    private static ReadOnlySpan<byte> Bitmap(DeletionVectorDescriptor vector, string root)
    {
        if (vector.StorageType == "i") return Z85.Decode(vector.PathOrInline).AsSpan(0, vector.SizeBytes);
        var file = File.ReadAllBytes(PathOf(vector, root)).AsSpan();
        var offset = vector.Offset ?? 1;
        if (file[0] != 1) throw new FormatException($"version {file[0]} of deletion vector files; 1 is known");
        if (offset < 1 || offset + 8L + vector.SizeBytes > file.Length) throw new FormatException($"{file.Length} bytes; too short for {vector.SizeBytes} at {offset}");
        var size = BinaryPrimitives.ReadInt32BigEndian(file[offset..]);
        if (size != vector.SizeBytes) throw new FormatException($"size {size}, the log says {vector.SizeBytes}");
        var bitmap = file.Slice(offset + 4, size);
        var crc = BinaryPrimitives.ReadUInt32BigEndian(file[(offset + 4 + size)..]);
        return crc == Crc32.Of(bitmap) ? bitmap : throw new FormatException("the checksum does not fit");
    }
}
