namespace Leat.Log;

/// <summary>Packs and unpacks the records of a batch.</summary>
internal interface ICodec
{
    /// <summary>Packs the bytes.</summary>
    /// <returns>Packed bytes, exactly as long as needed.</returns>
    byte[] Pack(ReadOnlySpan<byte> plain);

    /// <summary>Unpacks into <paramref name="into"/>, as far as its limit allows.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or unpack to more than the limit.</exception>
    void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into);
}
