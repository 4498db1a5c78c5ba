using Leat.Storage;

namespace Leat.Log;

/// <summary>Index of the segment being written. Points are added by the writer and looked up by readers.</summary>
internal sealed class SegmentIndex(DurableFiles files, Segment segment, int intervalBytes)
{
    private readonly Lock _lock = new();
    private readonly List<IndexEntry> _entries = [];
    private readonly List<KeyEntry> _unsavedKeys = [];
    private int _savedEntries;
    private int _savedKeys;

    /// <summary>What is indexed.</summary>
    public Segment Segment => segment;

    /// <summary>Bytes of the segment that the file describes.</summary>
    public long SavedBytes { get; private set; }

    /// <summary>Takes over what the file says.</summary>
    public void Restore(List<IndexEntry> entries, IndexTrailer trailer)
    {
        lock (_lock) _entries.AddRange(entries);
        (_savedEntries, _savedKeys, SavedBytes) = (entries.Count, trailer.TotalKeys, trailer.ToBytes);
    }

    /// <summary>Notes a batch; it becomes a point when the last one is far enough behind.</summary>
    /// <param name="header">The batch.</param>
    /// <param name="position">Its first byte.</param>
    /// <param name="maxTimestampBeforeMs">Newest time in the segment before it.</param>
    public void Add(in BatchHeader header, long position, long maxTimestampBeforeMs)
    {
        lock (_lock)
        {
            if (_entries.Count > 0 && position - _entries[^1].Position < intervalBytes) return;
            _entries.Add(new IndexEntry(header.BaseOffset, position, maxTimestampBeforeMs));
        }
    }

    public void AddKey(KeyEntry key) => _unsavedKeys.Add(key);

    /// <summary>Points so far.</summary>
    public List<IndexEntry> Snapshot()
    {
        lock (_lock) return [.. _entries];
    }

    /// <summary>Appends what is new to the file. Call after an fsync of the segment.</summary>
    public void Save()
    {
        if (segment.SizeBytes == SavedBytes) return;
        IndexEntry[] fresh;
        lock (_lock) fresh = [.. _entries.Skip(_savedEntries)];
        var trailer = new IndexTrailer
        {
            FromBytes = SavedBytes,
            ToBytes = segment.SizeBytes,
            EndOffsetExcl = segment.EndOffsetExcl,
            MaxTimestampMs = segment.MaxTimestampMs,
            TotalKeys = _savedKeys + _unsavedKeys.Count,
        };
        IndexFile.Append(files, segment.IndexPath, trailer, fresh, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_unsavedKeys));
        (_savedEntries, _savedKeys, SavedBytes) = (_savedEntries + fresh.Length, trailer.TotalKeys, trailer.ToBytes);
        _unsavedKeys.Clear();
    }
}
