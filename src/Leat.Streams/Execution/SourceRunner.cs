using Leat.Log;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Brings one source's records into a worker's chain.</summary>
internal abstract class SourceRunner : IDisposable
{
    /// <summary>Processes the block's records from the partition's offset on and moves the offset.</summary>
    public abstract void Process(RecordBlock block, PartitionProgress partition);

    public abstract void Flush();

    public abstract void Barrier();

    public abstract void Dispose();
}
