using Leat.Streams.Execution;

namespace Leat.Streams.Operators;

/// <summary>A point of the job's graph: whoever consumes the rows that pass there.</summary>
/// <param name="delay">How far the watermark is behind the job's at this point, ticks: rows are at most so much older.</param>
internal sealed class StreamNode<T>(long delay = 0)
{
    public long Delay => delay;

    public List<Func<WorkerContext, Stage<T>>> Consumers { get; } = [];

    /// <summary>A worker's own chain from here on.</summary>
    public Stage<T> Build(WorkerContext context) => Consumers.Count == 1 ? Consumers[0](context) : new ForkStage<T>([.. Consumers.Select(c => c(context))]);
}
