using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Tasks nobody waits for now; they end before <see cref="DisposeAsync"/> does.</summary>
internal sealed class BackgroundWork(ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    public CancellationToken Stop => _stop.Token;

    /// <summary>Starts the work; what it throws is logged.</summary>
    public void Start(string what, Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_disposed) return;
            var task = Task.Run(() => RunAsync(what, work));
            _ = _running.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            running = [.. _running];
        }
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            logger.CoordinatorWorkEnded(what);
        }
        catch (Exception e)
        {
            logger.CoordinatorWorkFailed(what, e);
        }
    }

    private void Forget(Task task)
    {
        lock (_gate) _ = _running.Remove(task);
    }
}
