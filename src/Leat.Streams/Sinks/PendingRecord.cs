namespace Leat.Streams.Sinks;

/// <summary>A record that will be appended after the next checkpoint.</summary>
/// <param name="TimestampMs">Record time.</param>
/// <param name="Key">Key; empty = none.</param>
/// <param name="Value">Original bytes.</param>
/// <param name="Headers">Names and values.</param>
/// <param name="EncodedHeaders">Headers as a record has them (RecordHeaders.Encoded); null = those of Headers, as older checkpoints have it.</param>
/// <param name="IsTombstone">The value is null.</param>
internal sealed record PendingRecord(long TimestampMs, byte[] Key, byte[] Value, KeyValuePair<string, string>[] Headers, byte[]? EncodedHeaders = null, bool IsTombstone = false)
{
    public long SizeBytes => 64 + Key.Length + Value.Length + (EncodedHeaders?.Length ?? 0) + Headers.Sum(h => h.Key.Length + h.Value.Length);
}
