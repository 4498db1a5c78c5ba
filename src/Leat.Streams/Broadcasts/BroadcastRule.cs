namespace Leat.Streams.Broadcasts;

/// <summary>What a row does to a broadcast table.</summary>
/// <param name="Key">Key that it is about.</param>
/// <param name="Row">What the table keeps of it.</param>
/// <param name="IsGone">Whether the key is no more.</param>
internal sealed record BroadcastRule<TIn, TKey, TRow>(Func<TIn, TKey> Key, Func<TIn, TRow> Row, Func<TIn, bool>? IsGone)
{
    /// <summary>Whether the row that the table has outlives one that says that its key is no more; default: none does.</summary>
    public Func<TRow, TIn, bool>? Stays { get; init; }
}
