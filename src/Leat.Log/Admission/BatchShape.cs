namespace Leat.Log;

/// <summary>Brings batches of this process into the form that their topic wants.</summary>
internal static class BatchShape
{
    /// <summary>The batch as it is, or a packed or stamped copy.</summary>
    /// <exception cref="Core.LeatException">LEAT2022 the codec of the topic is not there.</exception>
    public static EncodedBatch For(EncodedBatch batch, TopicOptions topic, PartitionContext context)
    {
        var compression = topic.Compression ?? Compression.None;
        if (topic.RecordTime == RecordTime.Created && compression == Compression.None) return batch;
        var bytes = new byte[batch.SizeBytes];
        batch.First.CopyTo(bytes);
        batch.Rest.CopyTo(bytes.AsMemory(batch.First.Length));
        if (topic.RecordTime == RecordTime.Appended) Stamp(bytes, batch.Header, context.NowMs);
        if (compression != Compression.None)
        {
            if (!Codecs.TryGet(compression, out var codec)) throw LogErrors.Packed(context.Where, compression);
            bytes = BatchPacking.Pack(bytes, compression, codec);
        }
        return new EncodedBatch(bytes, default, BatchHeader.Read(bytes));
    }

    private static void Stamp(byte[] bytes, BatchHeader header, long nowMs)
    {
        (header with { Attributes = (short)(header.Attributes | BatchHeader.AppendTimeBit), MaxTimestampMs = nowMs }).Write(bytes);
        BatchHeader.WriteCrc(bytes, default);
    }
}
