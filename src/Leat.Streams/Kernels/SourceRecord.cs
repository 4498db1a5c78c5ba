namespace Leat.Streams.Kernels;

/// <summary>What a chunk keeps of a log record beside its bytes, for whoever has to name the record later.</summary>
internal struct SourceRecord
{
    public long Offset;
    public long TimestampMs;

    /// <summary>Watermark of the partition just before the record.</summary>
    public long WatermarkBefore;

    /// <summary>Address of the headers as the record has them, without their count.</summary>
    public nint Headers;

    public int HeadersLength;

    /// <summary>The record has no value.</summary>
    public bool IsTombstone;
}
