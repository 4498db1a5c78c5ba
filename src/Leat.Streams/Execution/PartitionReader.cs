using Leat.Log;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>One partition of one worker: its reader, where its records go, and a read that is still waiting.</summary>
internal sealed record PartitionReader(PartitionProgress Progress, ILogReader Reader, SourceRunner Runner)
{
    public Task<RecordBlock?>? Waiting { get; set; }
}
