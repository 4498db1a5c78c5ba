using Leat.Streams.Execution;

namespace Leat.Streams.Operators;

/// <summary>A point of the job's graph: whoever consumes the rows that pass there.</summary>
internal sealed class StreamNode<T>
{
    public List<Func<WorkerContext, Stage<T>>> Consumers { get; } = [];

    /// <summary>A worker's own chain from here on.</summary>
    public Stage<T> Build(WorkerContext context) => Consumers.Count == 1 ? Consumers[0](context) : new ForkStage<T>([.. Consumers.Select(c => c(context))]);
}
