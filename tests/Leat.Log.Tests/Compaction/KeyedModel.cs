namespace Leat.Log.Tests;

/// <summary>What was written to a compacted partition, and what a reader must find at any time.</summary>
internal sealed class KeyedModel
{
    private readonly SortedDictionary<long, Entry> _entries = [];

    /// <summary>Offset of each record, its key, its value (null = tombstone) and when it was written.</summary>
    public sealed record Entry(string Key, string? Value, long AtMs, bool Committed = true);

    public void Add(long offset, Entry entry) => _entries.Add(offset, entry);

    /// <summary>Ends a transaction: its records count, or are gone.</summary>
    public void End(IEnumerable<long> offsets, bool commit)
    {
        foreach (var offset in offsets) _entries[offset] = _entries[offset] with { Committed = commit };
    }

    /// <summary>Nothing else than what was written is there; something may be missing.</summary>
    public void CheckWritten(List<WireRecord> read)
    {
        foreach (var record in read)
            Assert.True(_entries.TryGetValue(record.Offset, out var entry) && (entry.Key, entry.Value) == (record.Key, record.Value), $"offset {record.Offset}: '{record.Key}={record.Value}' was never written there");
    }

    /// <param name="read">All that a reader of committed records got.</param>
    /// <param name="stableEnd">End of what it may see.</param>
    /// <param name="compactedTo">End of the part in which each key is there once.</param>
    /// <param name="tombstonesMayGoMs">Tombstones written before this time may be gone.</param>
    /// <param name="onlyFrom">What is before was deleted on request.</param>
    public void Check(List<WireRecord> read, long stableEnd, long compactedTo, long tombstonesMayGoMs, long onlyFrom = 0)
    {
        var found = new Dictionary<long, WireRecord>();
        var last = -1L;
        foreach (var record in read)
        {
            Assert.True(record.Offset > last, $"{record.Offset} after {last}");
            last = record.Offset;
            Assert.True(_entries.TryGetValue(record.Offset, out var entry) && entry.Committed && (entry.Key, entry.Value) == (record.Key, record.Value), $"offset {record.Offset}: '{record.Key}={record.Value}' was never written there");
            found.Add(record.Offset, record);
        }
        foreach (var records in _entries.Where(e => e.Value.Committed && e.Key < stableEnd && e.Key >= onlyFrom).GroupBy(e => e.Value.Key))
        {
            var (newest, entry) = records.Last();
            var isThere = found.ContainsKey(newest);
            if (entry.Value is not null || entry.AtMs > tombstonesMayGoMs) Assert.True(isThere, $"key {records.Key}: its newest record at {newest} is gone");
            else if (!isThere) Assert.DoesNotContain(records, r => found.ContainsKey(r.Key));
            Assert.True(records.Count(r => r.Key < compactedTo && found.ContainsKey(r.Key)) <= 1, $"key {records.Key} is there more than once before {compactedTo}");
        }
    }
}
