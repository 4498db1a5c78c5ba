namespace Leat.Log.Tests;

/// <summary>A partition in memory: every offset that was given, what is there, and whether readers may see it.</summary>
internal sealed class LogModel
{
    private readonly List<Entry> _entries = [];

    public enum Fate
    {
        Open,
        Committed,
        Aborted,
        Marker,
    }

    /// <summary>One offset.</summary>
    public sealed record Entry(string? Key, string? Value, long TimeMs, long Producer, Fate Fate);

    public long Start { get; set; }

    public long End => _entries.Count;

    /// <summary>Whether older records of a key may be gone.</summary>
    public bool MayBeCompacted { get; set; }

    public long StableEnd
    {
        get
        {
            var open = _entries.FindIndex(e => e.Fate == Fate.Open);
            return Math.Max(Start, open < 0 ? End : open);
        }
    }

    public void Add(Entry entry) => _entries.Add(entry);

    /// <summary>Whether an open transaction of the producer has records that were not deleted.</summary>
    public bool HasOpenAfterStart(long producer)
    {
        for (var i = Start; i < End; i++)
        {
            if (_entries[(int)i].Producer == producer && _entries[(int)i].Fate == Fate.Open) return true;
        }
        return false;
    }

    /// <summary>A marker: the open records of the producer get their fate.</summary>
    public void Finish(long producer, bool commit)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Producer == producer && _entries[i].Fate == Fate.Open) _entries[i] = _entries[i] with { Fate = commit ? Fate.Committed : Fate.Aborted };
        }
        _entries.Add(new Entry(null, null, 0, producer, Fate.Marker));
    }

    /// <summary>Offsets that a reader of committed records must see from <paramref name="from"/> on; those that it may see are all committed ones.</summary>
    public List<long> Required(long from)
    {
        var newest = new Dictionary<string, long>();
        for (var i = 0; i < StableEnd; i++)
        {
            if (_entries[i] is { Fate: Fate.Committed, Key: { } key }) newest[key] = i;
        }
        return [.. Offsets(from).Where(o => !MayBeCompacted || _entries[(int)o].Key is not { } key || newest[key] == o)];
    }

    /// <summary>Committed offsets from <paramref name="from"/> to the stable end.</summary>
    public IEnumerable<long> Offsets(long from)
    {
        for (var i = Math.Max(from, Start); i < StableEnd; i++)
        {
            if (_entries[(int)i].Fate == Fate.Committed) yield return i;
        }
    }

    public Entry At(long offset) => _entries[(int)offset];

    /// <summary>What was read from <paramref name="from"/> on is what a reader may and must see.</summary>
    public void Check(IReadOnlyList<WireRecord> read, long from)
    {
        var allowed = Offsets(from).ToHashSet();
        var last = -1L;
        foreach (var record in read)
        {
            Assert.True(record.Offset > last && allowed.Remove(record.Offset), $"offset {record.Offset} must not be seen");
            var entry = At(record.Offset);
            Assert.Equal(new WireRecord(record.Offset, entry.TimeMs, entry.Key, entry.Value), record);
            last = record.Offset;
        }
        var missing = Required(from).Intersect(allowed).ToList();
        Assert.True(missing.Count == 0, $"offsets {string.Join(", ", missing)} are missing");
    }
}
