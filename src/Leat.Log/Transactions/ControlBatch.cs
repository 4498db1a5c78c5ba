using System.Buffers.Binary;

namespace Leat.Log;

/// <summary>The batch of one record that ends a transaction.</summary>
/// <remarks>Source: Apache Kafka documentation, "Control Batches". Key: version, type (0 abort, 1 commit); value: version, coordinator epoch.</remarks>
internal static unsafe class ControlBatch
{
    private const int RecordBytes = 16;

    /// <summary>The marker as a batch, its base offset still open.</summary>
    public static EncodedBatch Encode(TransactionMarker marker, long nowMs)
    {
        var bytes = new byte[BatchHeader.Size + RecordBytes + 1];
        fixed (byte* start = bytes)
        {
            var at = Varint.Write(start + BatchHeader.Size, RecordBytes);
            *at++ = 0;
            at = Varint.Write(at, 0);
            at = Varint.Write(at, 0);
            at = Varint.Write(at, 4);
            BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(at, 4), marker.Commit ? 1 : 0);
            at = Varint.Write(at + 4, 6);
            BinaryPrimitives.WriteInt16BigEndian(new Span<byte>(at, 2), 0);
            BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(at + 2, 4), marker.CoordinatorEpoch);
            _ = Varint.Write(at + 6, 0);
        }
        var header = new BatchHeader(0, bytes.Length - BatchHeader.BeforeLength, 0, 2, 0, BatchHeader.ControlBit | BatchHeader.TransactionalBit, 0)
        {
            BaseTimestampMs = nowMs,
            MaxTimestampMs = nowMs,
            ProducerId = marker.ProducerId,
            ProducerEpoch = marker.ProducerEpoch,
            Count = 1,
        };
        header.Write(bytes);
        BatchHeader.WriteCrc(bytes, default);
        return new EncodedBatch(bytes, default, header);
    }

    /// <summary>Whether a valid control batch commits rather than aborts; false for controls of other kinds too.</summary>
    public static bool Commits(ReadOnlySpan<byte> batch)
    {
        fixed (byte* start = batch)
        {
            var at = start + BatchHeader.Size;
            return RecordFields.TryRead(ref at, start + batch.Length, out var fields) && fields.KeyLength == 4 && fields.Key[3] == 1;
        }
    }
}
