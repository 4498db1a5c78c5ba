namespace Leat.Streams.Execution;

/// <summary>A source's way into a worker's chain.</summary>
internal abstract class SourceRunner : IDisposable
{
    public abstract void Flush();

    public abstract void Barrier();

    public abstract void Dispose();
}
