using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>A source of the job's graph.</summary>
internal abstract class SourcePlan(string topic)
{
    public string Topic => topic;

    /// <summary>A worker's own reader of records into the graph.</summary>
    public abstract SourceRunner CreateRunner(WorkerContext context);
}
