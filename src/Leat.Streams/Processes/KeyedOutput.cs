using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Processes;

/// <summary>Where a keyed function's rows go: a chunk of the worker or coordinator that runs it, then its chain. Passed on while the shard's lock is held, as texts may stand in the state.</summary>
internal sealed class KeyedOutput<TOut>(Stage<TOut> next, WorkerContext context)
{
    private readonly Chunk<TOut> _chunk = new(Chunk<TOut>.DefaultCapacity);

    /// <summary>Of the record that is processed; negative: none, a timer.</summary>
    public int Ordinal { get; set; } = WorkerContext.Derived;

    public WorkerContext Context => context;

    public void Emit(TOut row, long time)
    {
        if (_chunk.Count == Chunk<TOut>.DefaultCapacity) Pass();
        var to = _chunk.Count++;
        _chunk.Items[to] = row;
        _chunk.Times[to] = time;
        _chunk.Ordinals[to] = Ordinal;
    }

    /// <summary>Hands over what was emitted.</summary>
    public void Pass()
    {
        if (_chunk.Count == 0) return;
        next.Process(_chunk, context);
        _chunk.Count = 0;
    }

    public void Flush() => next.Flush();

    public void Barrier() => next.Barrier();

    public void Dispose() => next.Dispose();
}
