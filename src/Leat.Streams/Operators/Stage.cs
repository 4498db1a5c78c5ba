using Leat.Streams.Execution;

namespace Leat.Streams.Operators;

/// <summary>One operator of one worker's chain. Called with whole chunks, so that a record costs no virtual call.</summary>
internal abstract class Stage<T> : IDisposable
{
    public abstract void Process(Chunk<T> chunk, WorkerContext context);

    /// <summary>Hands what was gathered locally to its owner.</summary>
    public abstract void Flush();

    /// <summary>Before a checkpoint: nothing may stay with the worker.</summary>
    public virtual void Barrier() => Flush();

    public abstract void Dispose();
}
