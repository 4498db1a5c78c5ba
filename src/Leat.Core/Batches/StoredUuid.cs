using System.Buffers.Binary;

namespace Leat.Core;

/// <summary>UUIDs as stored in vectors: the 128-bit number with its highest bit flipped, so that signed order is text order.</summary>
internal static class StoredUuid
{
    private static readonly UInt128 HighBit = UInt128.One << 127;

    public static UInt128 From(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes) ^ HighBit;
    }

    public static Guid To(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ HighBit);
        return new Guid(bytes, bigEndian: true);
    }
}
