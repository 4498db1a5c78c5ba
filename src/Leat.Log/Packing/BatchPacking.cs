namespace Leat.Log;

/// <summary>Packs and unpacks the records of whole batches; headers stay readable.</summary>
internal static class BatchPacking
{
    /// <summary>Unpacks at most this much a batch, whatever it claims.</summary>
    public const long MaxUnpackedBytes = 512L << 20;

    /// <summary>The plain batch with its records packed and a new checksum.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> plain, Compression compression, ICodec codec)
    {
        var records = codec.Pack(plain[BatchHeader.Size..]);
        var bytes = new byte[BatchHeader.Size + records.Length];
        records.CopyTo(bytes, BatchHeader.Size);
        var header = BatchHeader.Read(plain);
        header = header with
        {
            Length = bytes.Length - BatchHeader.BeforeLength,
            Attributes = (short)((header.Attributes & ~BatchHeader.CompressionMask) | (int)compression),
        };
        header.Write(bytes);
        BatchHeader.WriteCrc(bytes, default);
        return bytes;
    }

    /// <summary>Adds the batch to <paramref name="into"/> with its records plain. Its checksum is not made anew.</summary>
    /// <exception cref="InvalidDataException">The packed bytes are damaged.</exception>
    public static void Unpack(ReadOnlySpan<byte> batch, in BatchHeader header, ICodec codec, UnpackedBuffer into)
    {
        var start = into.Length;
        into.Append(batch[..BatchHeader.Size]);
        codec.Unpack(batch[BatchHeader.Size..], into);
        var plain = header with
        {
            Length = into.Length - start - BatchHeader.BeforeLength,
            Attributes = (short)(header.Attributes & ~BatchHeader.CompressionMask),
        };
        plain.Write(into.At(start, BatchHeader.Size));
    }
}
