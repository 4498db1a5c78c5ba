using System.Buffers.Binary;
using Leat.Streams.Kernels;

namespace Leat.Streams.Checkpoints;

/// <summary>A piece of a state file: length, CRC-32C, then entries. Filled, written, and filled again.</summary>
internal sealed class StateFrame
{
    public const int HeaderBytes = 8;

    public StateFrame() => Clear();

    /// <summary>Takes entries.</summary>
    public StateWriter Entries { get; } = new();

    public bool IsEmpty => Entries.Length == HeaderBytes;

    public int Length => Entries.Length;

    public void Clear()
    {
        Entries.Clear();
        Entries.Float(0); // room for the header
    }

    /// <summary>With its header; valid until the next entry.</summary>
    public ReadOnlyMemory<byte> Seal()
    {
        var header = Entries.Head(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header, Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum.Of(Entries.Written.Span[HeaderBytes..]));
        return Entries.Written;
    }
}
