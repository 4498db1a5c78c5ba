namespace Leat.Log;

/// <summary>Checks a batch that somebody else encoded, down to the last record, and brings it into the form that its topic wants.</summary>
internal static class BatchAdmission
{
    /// <param name="batch">One whole batch; header fields are rewritten in place where the topic asks for it.</param>
    /// <param name="topic">Rules of the topic.</param>
    /// <param name="maxBytes">Largest batch taken.</param>
    /// <param name="nowMs">Clock of the log.</param>
    public static AdmittedBatch Check(Memory<byte> batch, TopicOptions topic, int maxBytes, long nowMs)
    {
        var bytes = batch.Span;
        if (bytes.Length < BatchHeader.Size) return AdmittedBatch.Refused(KafkaError.CorruptMessage, $"a batch has at least {BatchHeader.Size} bytes, this one {bytes.Length}");
        BatchHeader.WriteLeaderEpoch(bytes);
        BatchHeader.WriteBaseOffset(bytes, 0);
        var header = BatchHeader.Read(bytes);
        if (header.Magic != 2) return AdmittedBatch.Refused(KafkaError.UnsupportedForMessageFormat, $"the batch has format {header.Magic}; only format 2 is taken");
        if (!header.IsPlausible || header.TotalBytes != bytes.Length) return AdmittedBatch.Refused(KafkaError.CorruptMessage, $"the batch says {header.TotalBytes} bytes, there are {bytes.Length}");
        if (bytes.Length > maxBytes) return AdmittedBatch.Refused(KafkaError.MessageTooLarge, $"the batch has {bytes.Length} bytes; the limit is {maxBytes}");
        var crc = Crc32C.Of(bytes[BatchHeader.CrcStart..]);
        if (crc != header.Crc) return AdmittedBatch.Refused(KafkaError.CorruptMessage, $"checksum {crc:x8} instead of {header.Crc:x8}");
        if (header.IsControl || header.HasDeleteHorizon || header.Count < 1 || header.LastOffsetDelta != header.Count - 1)
            return AdmittedBatch.Refused(KafkaError.InvalidRecord, "a producer's batch has records, numbered without gaps, and no markers");
        if (header.ProducerId < 0 ? header.IsTransactional : header.ProducerEpoch < 0 || header.BaseSequence < 0)
            return AdmittedBatch.Refused(KafkaError.InvalidRecord, "a transactional batch has a producer id, and a batch with a producer id has an epoch and a sequence number");
        return header.Compression == Compression.None
            ? CheckRecords(bytes[BatchHeader.Size..], header, topic, out var maxTimestampMs) is { } wrong ? wrong : Finish(batch, default, header, new TopicRules(topic, nowMs, maxTimestampMs))
            : CheckPacked(batch, header, topic, nowMs);
    }

    private static AdmittedBatch CheckPacked(Memory<byte> batch, in BatchHeader header, TopicOptions topic, long nowMs)
    {
        if (!Codecs.TryGet(header.Compression, out var codec))
            return AdmittedBatch.Refused(KafkaError.UnsupportedCompressionType, $"batches packed with {LogErrors.CodecName(header.Compression)} cannot be taken: {LogErrors.CodecRemedy(header.Compression)}");
        using var plain = new UnpackedBuffer(Math.Max(4096, batch.Length * 2), BatchPacking.MaxUnpackedBytes);
        try
        {
            BatchPacking.Unpack(batch.Span, header, codec, plain);
        }
        catch (InvalidDataException e)
        {
            return AdmittedBatch.Refused(KafkaError.CorruptMessage, $"the records cannot be unpacked: {e.Message}");
        }
        return CheckRecords(plain.Filled[BatchHeader.Size..], header, topic, out var maxTimestampMs) is { } wrong ? wrong : Finish(batch, plain.Filled, header, new TopicRules(topic, nowMs, maxTimestampMs));
    }

    private static AdmittedBatch? CheckRecords(ReadOnlySpan<byte> records, in BatchHeader header, TopicOptions topic, out long maxTimestampMs)
    {
        var problem = RecordWalk.Check(records, header.Count, topic.Cleanup.HasFlag(CleanupPolicy.Compact), out var maxDelta);
        maxTimestampMs = header.BaseTimestampMs + maxDelta;
        return problem is null ? null : AdmittedBatch.Refused(KafkaError.InvalidRecord, problem);
    }

    /// <summary>Packs and stamps as the topic wants; the bytes stay as they are where it wants nothing.</summary>
    private static AdmittedBatch Finish(Memory<byte> batch, ReadOnlySpan<byte> plain, BatchHeader header, TopicRules rules)
    {
        if (rules.Topic.Compression is { } wanted && wanted != header.Compression)
        {
            if (wanted != Compression.None && !Codecs.TryGet(wanted, out _))
                return AdmittedBatch.Refused(KafkaError.UnsupportedCompressionType, $"the topic is packed with {LogErrors.CodecName(wanted)}: {LogErrors.CodecRemedy(wanted)}");
            batch = Repack(batch, plain, wanted);
            header = BatchHeader.Read(batch.Span);
        }
        var stamped = Stamp(header, rules);
        if (stamped != header)
        {
            stamped.Write(batch.Span);
            BatchHeader.WriteCrc(batch.Span, default);
        }
        return new AdmittedBatch(KafkaError.None, null, new EncodedBatch(batch, default, BatchHeader.Read(batch.Span)));
    }

    /// <summary>The header with the time that the topic wants; a newest time that is not that of a record would mislead every look-up by time.</summary>
    private static BatchHeader Stamp(BatchHeader header, TopicRules rules) => rules.Topic.RecordTime == RecordTime.Appended
        ? header with { Attributes = (short)(header.Attributes | BatchHeader.AppendTimeBit), MaxTimestampMs = rules.NowMs }
        : header with { Attributes = (short)(header.Attributes & ~BatchHeader.AppendTimeBit), MaxTimestampMs = rules.MaxTimestampMs };

    private static byte[] Repack(Memory<byte> batch, ReadOnlySpan<byte> plain, Compression wanted)
    {
        var source = plain.IsEmpty ? batch.Span : plain;
        if (wanted != Compression.None && Codecs.TryGet(wanted, out var codec)) return BatchPacking.Pack(source, wanted, codec);
        var bytes = source.ToArray();
        BatchHeader.WriteCrc(bytes, default);
        return bytes;
    }

    private readonly record struct TopicRules(TopicOptions Topic, long NowMs, long MaxTimestampMs);
}
