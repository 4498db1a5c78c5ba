using Leat.Streams.Kernels;

namespace Leat.Streams.State.Spill;

/// <summary>Keys that leave memory together.</summary>
internal sealed class SpillBatch
{
    private readonly List<(uint Hash, int Start, int Length, bool IsGone)> _entries = [];

    /// <summary>Bytes of the keys and their state.</summary>
    public StateWriter Writer { get; } = new();

    public int Count => _entries.Count;

    /// <summary>What was written since <paramref name="start"/> is an entry.</summary>
    public void Close(uint hash, int start, bool isGone) => _entries.Add((hash, start, Writer.Length - start, isGone));

    /// <summary>By rising hash.</summary>
    public IEnumerable<SpillEntry> Sorted()
    {
        _entries.Sort((a, b) => a.Hash.CompareTo(b.Hash));
        foreach (var (hash, start, length, isGone) in _entries) yield return new SpillEntry(hash, isGone, Writer.Written.Slice(start, length));
    }

    public void Clear()
    {
        _entries.Clear();
        Writer.Clear();
    }
}
