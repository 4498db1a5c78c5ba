namespace Leat.Log;

/// <summary>Blocking calls of librdkafka on one client, away from the callers' threads. librdkafka's client must not be freed while a call on it runs: it is freed after <see cref="EndedAsync"/>. Thread-safe.</summary>
internal sealed class KafkaCalls
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _closed;

    /// <summary>Runs the call on a thread of the pool.</summary>
    /// <param name="call">It ends by its own timeout.</param>
    /// <param name="ct">Cancels waiting, not the call.</param>
    /// <exception cref="ObjectDisposedException">The client is being freed.</exception>
    public async Task<T> RunAsync<T>(Func<T> call, CancellationToken ct)
    {
        Begin();
        return await Task.Run(() =>
        {
            try
            {
                return call();
            }
            finally
            {
                End();
            }
        }, CancellationToken.None).WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Refuses calls from now on; completes when none runs.</summary>
    public Task EndedAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_running == 0) _ = _ended.TrySetResult();
        }

        return _ended.Task;
    }

    private void Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(KafkaLog));
            _running++;
        }
    }

    private void End()
    {
        lock (_gate)
            if (--_running == 0 && _closed) _ = _ended.TrySetResult();
    }
}
