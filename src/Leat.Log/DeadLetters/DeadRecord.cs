namespace Leat.Log;

/// <summary>Parts of a record on its way to the dead letters.</summary>
public readonly ref struct DeadRecord
{
    /// <summary>A record with a value, or without one when <paramref name="value"/> is left out and <see cref="IsTombstone"/> set.</summary>
    public DeadRecord(long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        TimestampMs = timestampMs;
        Key = key;
        Value = value;
    }

    /// <summary>Record time, epoch milliseconds.</summary>
    public long TimestampMs { get; }

    /// <summary>Key; empty = none.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The value was null.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>The record's own headers; null = none.</summary>
    public RecordHeaders? Headers { get; init; }
}
