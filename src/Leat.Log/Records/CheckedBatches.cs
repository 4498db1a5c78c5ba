namespace Leat.Log;

/// <summary>Result of checking batches.</summary>
/// <param name="Extent">The valid ones at the start.</param>
/// <param name="Problem">Null, or why not even the first can be used.</param>
/// <param name="Codec">The first is compressed with this codec; 0 = no.</param>
internal readonly record struct CheckedBatches(BlockExtent Extent, string? Problem, int Codec = 0);
