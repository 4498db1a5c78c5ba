using Leat.Core;
using Leat.Streams.Checkpoints;
using Leat.Streams.Sinks;
using Leat.Streams.Views;

namespace Leat.Streams.Execution;

/// <summary>One job of the process through its starts and stops: each start is a new run. Changes are made one at a time.</summary>
internal sealed class JobHost : IDisposable
{
    private const string Stopped = "stopped";
    private const int CopyAttempts = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly StreamJob _job;
    private readonly RunParts _parts;
    private readonly ViewStore _views;
    private readonly JobFolder _folder;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly RestartBackoff _backoff;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private Task _restarting = Task.CompletedTask;
    private volatile string? _restart;
    private volatile JobRun _run;
    private bool _isOpen;

    public JobHost(StreamJob job, RunParts parts, ViewStore views)
    {
        (_job, _parts, _views) = (job, parts, views);
        _run = new JobRun(job, parts);
        _backoff = new RestartBackoff(parts.Options.RestartAfter);
        _folder = new JobFolder(Path.Combine(parts.Project.CheckpointFolder, job.Name), parts.Files);
        foreach (var view in _run.Views) views.Add(view, job.Name);
    }

    public string Name => _job.Name;

    public JobRun Run => _run;

    /// <summary>It waits for a start.</summary>
    public bool IsStopped => _running.IsCompleted && _folder.IsStopped;

    public JobStatus Status()
    {
        var status = _run.Status();
        if (status is { State: Stopped, Error: null } && _folder.IsStopped) return status with { Error = $"stopped on request; 'leat stream start {Name}' starts it" };
        return _restart is { } restart && status.State == "failed" ? status with { Error = $"{status.Error}\n  {restart}" } : status;
    }

    public JobDescription Describe() => _run.Describe(Status());

    /// <summary>The process runs its jobs from now on; those that were stopped on purpose wait for a start.</summary>
    public void Open()
    {
        _isOpen = true;
        if (!_folder.IsStopped) Launch();
    }

    /// <summary>The process ends: the job takes its last checkpoint.</summary>
    public async Task CloseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _isOpen = false;
        await EndAsync().ConfigureAwait(false);
        var restarting = _restarting;
        _turn.Release();
        await restarting.ConfigureAwait(false);
    }

    public Task<JobStatus> StopAsync(CancellationToken ct) => InTurnAsync(async () =>
    {
        _folder.MarkStopped(true);
        await EndAsync().ConfigureAwait(false);
        return Status();
    }, ct);

    public Task<Savepoint> SaveAsync(string? folder, CancellationToken ct) => InTurnAsync(async () =>
    {
        if (_running.IsCompleted) await FinishAsync(ct).ConfigureAwait(false);
        else await _run.CheckpointAsync(lake: true).WaitAsync(ct).ConfigureAwait(false);
        for (var attempt = 0; attempt < CopyAttempts; attempt++)
        {
            // A running job may have pruned the checkpoint since: the next one is as good.
            var epoch = _running.IsCompleted ? _folder.Newest()?.Epoch ?? 0 : _run.Status().CheckpointId;
            if (_folder.Copy(Name, epoch, folder ?? Path.Combine(_parts.Project.DataFolder, "savepoints", Name, $"{epoch:D12}")) is { } savepoint) return savepoint;
        }

        throw StreamErrors.NothingSaved(Name);
    }, ct);

    public Task<JobStatus> StartAsync(StreamStart how, CancellationToken ct) => InTurnAsync(async () =>
    {
        if (!_running.IsCompleted) throw StreamErrors.AlreadyRunning(Name);
        if (how.FromSavepoint is { } from) _folder.Import(from, _run.Plan, how.AllowDroppedState, _parts.NewIncarnation());
        else if (how.AllowDroppedState) _folder.AllowDropped(_run.Plan);
        if (_folder.Newest() is { } record) _ = StateMatch.Of(record, _run.Plan);
        _folder.MarkStopped(false);
        await RenewAsync(ct).ConfigureAwait(false);
        return Status();
    }, ct);

    public Task<JobReset> ResetAsync(CancellationToken ct) => InTurnAsync(async () =>
    {
        if (!_running.IsCompleted) await _run.AbortAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        var dropped = _folder.Reset();
        if (_folder.IsStopped) Renew();
        else await RenewAsync(ct).ConfigureAwait(false);
        return new JobReset(Name, dropped, [.. _run.Plan.LakeSinks.Select(s => s.Table), .. _run.Plan.RowSinks.Select(s => s.Sink).OfType<LakeTableSink>().Select(s => s.Table)], [.. _run.OutputTopics], Status().State)
        {
            Sinks = [.. _run.Plan.RowSinks.Where(s => s.Sink is not LakeTableSink).Select(s => s.Name)],
        };
    }, ct);

    public void Dispose()
    {
        _run.Dispose();
        _stop?.Dispose();
        _turn.Dispose();
    }

    private async Task<TAnswer> InTurnAsync<TAnswer>(Func<Task<TAnswer>> change, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StreamErrors.Disk(Name, error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Launch()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        var (run, ct) = (_run, _stop.Token);
        _running = Task.Run(() => run.RunAsync(ct), CancellationToken.None);
        _restarting = RestartAsync(run, _running, ct);
    }

    /// <summary>Once the run has failed for a reason that may pass: waits, and starts the job again from its last checkpoint, unless somebody did something else meanwhile.</summary>
    private async Task RestartAsync(JobRun run, Task running, CancellationToken ct)
    {
        var began = _parts.Time.GetTimestamp();
        await running.ConfigureAwait(false);
        if (_backoff.After(run.Failure, _parts.Time.GetElapsedTime(began)) is not { } wait) return;
        _restart = $"starts again by itself at {_parts.Time.GetUtcNow() + wait:HH:mm:ss} UTC";
        await Task.Delay(wait, _parts.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _restart = null;
        if (!ct.IsCancellationRequested && _run == run && _isOpen && !_folder.IsStopped)
        {
            Renew();
            Launch();
        }

        _turn.Release();
    }

    private async Task EndAsync()
    {
        if (_stop is not null) await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>The last checkpoint of a job that does not run may have output that its sinks do not have yet.</summary>
    private async Task FinishAsync(CancellationToken ct)
    {
        using var run = new JobRun(_job, _parts);
        await run.FinishAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A run is for one start: the next gets a new one, with views of its own.</summary>
    private void Renew()
    {
        var old = _run;
        var next = new JobRun(_job, _parts);
        foreach (var view in old.Views) _views.Remove(view);
        foreach (var view in next.Views) _views.Add(view, Name);
        _run = next;
        old.Dispose();
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        Renew();
        if (!_isOpen) return;
        Launch();
        using var patience = new CancellationTokenSource(Patience, _parts.Time);
        while (!patience.IsCancellationRequested && !_running.IsCompleted && _run.Status() is { State: "starting" or Stopped, Error: null }) await Task.Delay(1, ct).ConfigureAwait(false);
    }
}
