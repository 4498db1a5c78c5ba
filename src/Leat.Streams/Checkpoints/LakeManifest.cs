using Leat.Lake;

namespace Leat.Streams.Checkpoints;

/// <summary>Files staged for a lake table in an epoch.</summary>
/// <param name="Sink">Place among the job's lake sinks.</param>
/// <param name="Files">What to commit.</param>
internal sealed record LakeManifest(int Sink, StagedFiles Files);
