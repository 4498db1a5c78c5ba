using Leat.Log;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Brings records of a topic into a worker's chain.</summary>
internal abstract class RecordRunner : SourceRunner
{
    /// <summary>Processes the block's records from the partition's offset on and moves the offset.</summary>
    public abstract void Process(RecordBlock block, PartitionProgress partition);
}
