namespace Leat.Log;

/// <summary>The newest offset of each key in a part of a partition. Keys are held as 128-bit hashes.</summary>
internal sealed class KeyMap(long memoryBytes)
{
    private const int BytesPerKey = 64;
    private readonly Dictionary<UInt128, long> _newest = [];

    /// <summary>No further key fits.</summary>
    public bool IsFull => _newest.Count >= memoryBytes / BytesPerKey;

    /// <summary>Keys known.</summary>
    public int Count => _newest.Count;

    public void Note(ReadOnlySpan<byte> key, long offset) => _newest[KeyEntry.HashOf(key)] = offset;

    /// <summary>Whether a newer record of the key is known.</summary>
    public bool IsOutdated(ReadOnlySpan<byte> key, long offset) => _newest.TryGetValue(KeyEntry.HashOf(key), out var newest) && newest > offset;
}
