namespace Leat.Streams.Execution;

/// <summary>How far a partition is behind.</summary>
/// <param name="Rows">Records or rows that are not read, as far as is known.</param>
internal readonly record struct SourceLag(long Rows)
{
    /// <summary>Versions of a table that are not wholly read; null where there are none.</summary>
    public long? Versions { get; init; }
}
