using System.Collections.Immutable;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Graph;

/// <summary>Counts what comes out of an operator, and gives it to all consumers.</summary>
internal sealed class CountStage<T>(GraphNode node, ImmutableArray<Stage<T>> consumers) : Stage<T>
{
    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        node.Count(chunk.Count);
        foreach (var consumer in consumers) consumer.Process(chunk, context);
    }

    public override void Flush()
    {
        foreach (var consumer in consumers) consumer.Flush();
    }

    public override void Barrier()
    {
        foreach (var consumer in consumers) consumer.Barrier();
    }

    public override void Dispose()
    {
        foreach (var consumer in consumers) consumer.Dispose();
    }
}
