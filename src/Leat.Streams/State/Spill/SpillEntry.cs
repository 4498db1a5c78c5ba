namespace Leat.Streams.State.Spill;

/// <summary>A key on disk.</summary>
/// <param name="Hash">Of the key; entries of a run go up by it.</param>
/// <param name="IsGone">The key was removed: older runs may have it.</param>
/// <param name="Bytes">The key as its shape writes it, then its state; only the key when it is gone. Valid until the reader goes on.</param>
internal readonly record struct SpillEntry(uint Hash, bool IsGone, ReadOnlyMemory<byte> Bytes);
