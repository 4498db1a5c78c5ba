namespace Leat.Log;

/// <summary>Collects records and encodes them as one Kafka record batch v2. Reusable after <see cref="Clear"/>; not thread-safe.</summary>
public sealed class RecordBatchBuilder
{
    /// <summary>Records collected.</summary>
    public int Count => throw new NotSupportedException();

    /// <summary>Encoded size so far, in bytes.</summary>
    public int SizeBytes => throw new NotSupportedException();

    /// <summary>Adds a record without headers.</summary>
    /// <param name="timestampMs">Record time, epoch milliseconds.</param>
    /// <param name="key">Key; empty = none.</param>
    /// <param name="value">Value.</param>
    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Add(timestampMs, key, value, []);

    /// <summary>Adds a record with headers (name, UTF-8 value).</summary>
    public void Add(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<KeyValuePair<string, string>> headers) => throw new NotSupportedException($"{timestampMs}{key.Length}{value.Length}{headers.Length}");

    /// <summary>Forgets all records and keeps the memory.</summary>
    public void Clear() => throw new NotSupportedException();
}
