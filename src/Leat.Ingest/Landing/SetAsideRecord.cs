using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>A record that cannot be a row, kept until it is in the dead letters.</summary>
internal sealed record SetAsideRecord(int Partition, long Offset, long TimestampMs, string Reason)
{
    public byte[] Key { get; init; } = [];

    /// <summary>Null for a record without value.</summary>
    public byte[]? Value { get; init; }

    public RecordHeaders Headers { get; init; } = new();
}
