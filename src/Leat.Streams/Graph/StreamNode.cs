using System.Collections.Immutable;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Graph;

/// <summary>An operator that rows of <typeparamref name="T"/> come out of, and whoever consumes them.</summary>
internal sealed class StreamNode<T>(string kind, ImmutableArray<GraphNode> inputs, long ownDelay = 0) : GraphNode(kind, inputs, ownDelay)
{
    private readonly List<Func<WorkerContext, Stage<T>>> _consumers = [];

    public void AddConsumer(Func<WorkerContext, Stage<T>> consumer) => _consumers.Add(consumer);

    /// <summary>A worker's own chain from here on.</summary>
    public Stage<T> Build(WorkerContext context) => new CountStage<T>(this, [.. _consumers.Select(c => c(context))]);
}
