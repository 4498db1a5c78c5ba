using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>One partition of one worker: brings what is there into the worker's chain and moves the partition's offset. One thread.</summary>
internal abstract class PartitionFeed(PartitionProgress progress, SourceRunner runner, TimeProvider clock) : IAsyncDisposable
{
    public PartitionProgress Progress => progress;

    public SourceRunner Runner => runner;

    /// <summary>Processes some of what is there; false: there is nothing now.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        if (!await ProcessAsync(ct).ConfigureAwait(false)) return false;
        progress.ActiveSince = clock.GetTimestamp();
        return true;
    }

    /// <summary>Completes when there may be something, or after the source's longest wait.</summary>
    public abstract Task WaitAsync(CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    /// <summary>Processes some of what is there; when there is nothing, the partition is caught up.</summary>
    protected abstract ValueTask<bool> ProcessAsync(CancellationToken ct);

    protected void Begin() => progress.FoundSome();

    protected void FoundNothing() => progress.FoundNothing(clock.GetTimestamp());
}
