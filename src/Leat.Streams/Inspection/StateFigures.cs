namespace Leat.Streams;

/// <summary>State of an operator in figures, measured about once a second.</summary>
/// <param name="Keys">Keys; of windows, pairs of key and window.</param>
/// <param name="SizeBytes">Memory, in bytes; of sketches and sets an estimate.</param>
/// <param name="LargestShardShare">Share of the keys in the part that has the most, 0 to 1; null without keys.</param>
/// <param name="LargestKeyShare">Share of the rows that the most frequent key had lately, 0 to 1, from a sample of 512; null without enough rows or without a key.</param>
public sealed record StateFigures(long Keys, long SizeBytes, double? LargestShardShare, double? LargestKeyShare)
{
    /// <summary>State on disk because memory is over the job's budget, in bytes; keys on disk are not among <see cref="Keys"/>.</summary>
    public long SpilledBytes { get; init; }
}
