namespace Leat.Log;

/// <summary>The regular work on all partitions, one after the other: sealing by age, retention, compaction, forgetting silent producers. At most one round at a time.</summary>
internal sealed class LogUpkeep : IAsyncDisposable
{
    private readonly Func<IEnumerable<PartitionLog>> _partitions;
    private readonly EmbeddedLogParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ITimer _timer;

    public LogUpkeep(Func<IEnumerable<PartitionLog>> partitions, EmbeddedLogParts parts)
    {
        (_partitions, _parts) = (partitions, parts);
        _timer = parts.Time.CreateTimer(_ => _ = RunDueAsync(), null, parts.Options.UpkeepInterval, parts.Options.UpkeepInterval);
    }

    /// <summary>One round over all partitions; waits for a round under way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(EmbeddedLog));
            foreach (var partition in _partitions().ToList())
            {
                ct.ThrowIfCancellationRequested();
                await RunAsync(partition, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _ = _turn.Release(); // those who wait find the log closed
        _stop.Dispose();
    }

    /// <summary>A round by the timer; passes when the one before is still under way.</summary>
    private async Task RunDueAsync()
    {
        if (_stop.IsCancellationRequested || _turn.CurrentCount == 0) return;
        try
        {
            await Task.Run(() => RunAsync(_stop.Token)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The log is closing.
        }
    }

    private async Task RunAsync(PartitionLog partition, CancellationToken ct)
    {
        try
        {
            var silentBefore = partition.Context.NowMs - (long)_parts.Options.ProducerExpiry.TotalMilliseconds;
            _ = await partition.OrderAsync(writer =>
            {
                writer.RollByAge();
                writer.Retain();
                writer.ForgetSilentProducers(silentBefore);
                return true;
            }).ConfigureAwait(false);
            if (partition.Context.Topic.Cleanup.HasFlag(CleanupPolicy.Compact)) await new PartitionCompaction(partition).RunAsync(ct).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // Closed or deleted meanwhile.
        }
        catch (Exception e) when (e is Core.LeatException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            partition.Context.Logger.UpkeepFailed(partition.Context.Partition, e);
        }
    }
}
