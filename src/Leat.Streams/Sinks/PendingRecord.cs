namespace Leat.Streams.Sinks;

/// <summary>A record that will be appended after the next checkpoint.</summary>
/// <param name="TimestampMs">Record time.</param>
/// <param name="Key">Key; empty = none.</param>
/// <param name="Value">Original bytes.</param>
/// <param name="Headers">Names and values.</param>
internal sealed record PendingRecord(long TimestampMs, byte[] Key, byte[] Value, KeyValuePair<string, string>[] Headers)
{
    public long SizeBytes => 64 + Key.Length + Value.Length + Headers.Sum(h => h.Key.Length + h.Value.Length);
}
