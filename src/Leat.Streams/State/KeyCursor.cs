namespace Leat.Streams.State;

/// <summary>The row that the states of a shard are read and written at.</summary>
internal sealed class KeyCursor
{
    public int Row { get; set; }
}
