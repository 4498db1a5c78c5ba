using Leat.Streams.Execution;

namespace Leat.Streams.Windows;

/// <summary>A stream of window results, whatever its type of rows.</summary>
internal interface IResultOutput : IDisposable
{
    /// <summary>Before the run: builds the coordinator's chain.</summary>
    void Open(WorkerContext coordinator);

    void Flush();

    void Barrier();
}
