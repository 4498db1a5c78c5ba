namespace Leat.Streams;

/// <summary>A partition that a job reads, in figures.</summary>
/// <param name="Source">Source in checkpoints: the topic, with a number where several sources read it.</param>
/// <param name="Partition">Counted from 0.</param>
/// <param name="Waiting">Records appended but not yet read.</param>
/// <param name="Watermark">No event before this is expected, UTC; null before the first event.</param>
/// <param name="IsIdle">It does not hold back the job's watermark.</param>
/// <param name="IsCaughtUp">The last read found nothing.</param>
public sealed record PartitionFigures(string Source, int Partition, long Waiting, DateTime? Watermark, bool IsIdle, bool IsCaughtUp)
{
    /// <summary>Versions of a lake table that are not wholly read; null for topics and other sources.</summary>
    public long? VersionsWaiting { get; init; }
}
