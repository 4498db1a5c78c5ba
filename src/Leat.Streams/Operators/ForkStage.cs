using System.Collections.Immutable;
using Leat.Streams.Execution;

namespace Leat.Streams.Operators;

internal sealed class ForkStage<T>(ImmutableArray<Stage<T>> branches) : Stage<T>
{
    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        foreach (var branch in branches) branch.Process(chunk, context);
    }

    public override void Flush()
    {
        foreach (var branch in branches) branch.Flush();
    }

    public override void Barrier()
    {
        foreach (var branch in branches) branch.Barrier();
    }

    public override void Dispose()
    {
        foreach (var branch in branches) branch.Dispose();
    }
}
