namespace Leat.Streams;

/// <summary>A job's checkpoints in figures, since its start.</summary>
/// <param name="LastMs">Duration of the last one, from asking the workers to stand still to the commit of the sinks; 0 before the first.</param>
/// <param name="LongestMs">Longest of the last 32.</param>
/// <param name="LastBytes">State that the last one wrote: what changed, or all.</param>
/// <param name="StateBytes">State file that a restart reads.</param>
public sealed record CheckpointFigures(double LastMs, double LongestMs, long LastBytes, long StateBytes);
