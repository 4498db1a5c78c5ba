using System.Buffers.Binary;

namespace Leat.Log;

/// <summary>Who wrote a batch: producer id, epoch, sequence number of the first record, and whether it belongs to a transaction.</summary>
internal readonly record struct ProducerStamp(long ProducerId, short Epoch, int BaseSequence, bool IsTransactional)
{
    private const int AttributesAt = 21;
    private const int ProducerIdAt = 43;
    private const int EpochAt = 51;
    private const int SequenceAt = 53;
    private const short TransactionalBit = 0x10;

    /// <summary>Writes the stamp into a whole encoded batch and sets its checksum anew.</summary>
    public void Write(Span<byte> batch)
    {
        var attributes = (short)(BinaryPrimitives.ReadInt16BigEndian(batch[AttributesAt..]) & ~TransactionalBit);
        BinaryPrimitives.WriteInt16BigEndian(batch[AttributesAt..], (short)(IsTransactional ? attributes | TransactionalBit : attributes));
        BinaryPrimitives.WriteInt64BigEndian(batch[ProducerIdAt..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[EpochAt..], Epoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[SequenceAt..], BaseSequence);
        BatchHeader.WriteCrc(batch, []);
    }

    /// <summary>Sequence number after <paramref name="count"/> more records; goes on at 0 after 2^31-1.</summary>
    public static int Next(int sequence, int count) => (int)(((long)sequence + count) & int.MaxValue);
}
