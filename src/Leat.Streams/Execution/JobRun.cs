using System.Collections.Immutable;
using System.Diagnostics;
using Leat.Core;
using Leat.Streams.Checkpoints;
using Leat.Streams.Inspection;
using Leat.Streams.Jobs;
using Leat.Streams.State.Spill;
using Leat.Streams.Tables;
using Leat.Streams.Time;
using Leat.Streams.Views;
using Microsoft.Extensions.Logging;

namespace Leat.Streams.Execution;

/// <summary>One job from start to stop: restores, starts the workers, closes windows, takes checkpoints. A failure of any loop fails the job and stops it.</summary>
internal sealed class JobRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly RunParts _parts;
    private readonly JobPlan _plan;
    private readonly RunOutputs _outputs;
    private readonly Checkpointer _checkpointer;
    private readonly SinkRetry _retry;
    private readonly RateMeter _rate;
    private readonly TableKeeper _tables;
    private readonly CheckpointTimes _checkpoints = new();
    private readonly RunInspector _inspector;
    private readonly CheckpointWatch _watch;
    private readonly Lock _requestGate = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly StateBudget _budget;
    private readonly SpillFolder _spill;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _request;
    private bool _requestsLake;
    private ImmutableArray<(SourcePlan Source, PartitionProgress Progress)> _partitions = [];
    private volatile bool _tablesRead;
    private JobClock? _clock;
    private ImmutableArray<Worker> _workers = [];
    private PauseGate? _gate;
    private Coordinator? _coordinator;
    private RunningCheckpoint? _checkpoint;
    private volatile string _state = "stopped";
    private volatile string? _error;

    public JobRun(StreamJob job, RunParts parts)
    {
        _parts = parts;
        _plan = new JobPlan(job.Name);
        job.Build(new JobBuilder(_plan));
        _plan.Check();
        _plan.Settle();
        if ((_plan.LakeSinks.Count > 0 || _plan.RowSinks.Exists(s => s.IsSlow)) && parts.Lake is null) throw StreamErrors.NoLake(job.Name);
        foreach (var part in _plan.Stateful) part.Open(MaxWorkers, parts.Time);
        _outputs = new RunOutputs(job.Name, parts.Time, parts.Options, _plan.Topics);
        _budget = new StateBudget(parts.Options.StateBudgetBytes());
        _spill = new SpillFolder(Path.Combine(parts.Project.CacheFolder, "spill", _plan.Name), parts.Files);
        _retry = new SinkRetry(parts) { Tell = text => _error = text };
        _checkpointer = new Checkpointer(_plan, parts, _outputs, _retry);
        _rate = new RateMeter(parts.Time);
        _tables = new TableKeeper(Name, _plan.Tables, parts);
        _inspector = new RunInspector(_plan, parts, _checkpoints);
        _watch = new CheckpointWatch(parts.Time, parts.Options.HoldAfter);
    }

    public string Name => _plan.Name;

    /// <summary>What the run ended with; null while it runs and when it was stopped.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The job's graph.</summary>
    public JobPlan Plan => _plan;

    public IReadOnlyList<IJobView> Views => _plan.Views;

    /// <summary>Topics that rows are written to.</summary>
    public IReadOnlyCollection<string> OutputTopics => [.. _plan.TopicTargets.Select(t => t.Topic)];

    private long Watermark => _clock?.Watermark ?? long.MinValue;

    private int MaxWorkers => _parts.Options.Workers > 0 ? _parts.Options.Workers : Environment.ProcessorCount;

    public JobStatus Status() => new(
        Name, _state, _error, _outputs.EventsRead, _rate.PerSecond, _outputs.LateEvents, _outputs.DeadEvents, _inspector.Lag, Watermarks.TimeOf(Watermark),
        _checkpointer.Epoch, _checkpoints.Figures.LastMs, _outputs.Latency.Quantile(0.5), _outputs.Latency.Quantile(0.99));

    /// <summary>The graph with its figures.</summary>
    /// <param name="status">Of the job as its owner tells it.</param>
    public JobDescription Describe(JobStatus status) => _inspector.Describe(status, Watermark);

    /// <summary>Runs until cancelled, then takes a last checkpoint. Does not throw: a failure is in <see cref="Status"/>.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        _state = "starting";
        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, _abort.Token);
            await RunCoreAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested || _abort.IsCancellationRequested)
        {
            _state = "stopped";
        }
        catch (Exception error)
        {
            Failure = error;
            _error = error.Message;
            _state = "failed";
            _parts.Logger.LogError(error, "Stream job {Job} failed", Name);
        }
        finally
        {
            await _tables.DisposeAsync().ConfigureAwait(false);
            await _checkpointer.CloseAsync().ConfigureAwait(false);
            _spill.Dispose();
            _checkpointer.Dispose();
            _started.TrySetResult();
            _ended.TrySetResult();
            FailRequest();
        }
    }

    /// <summary>Stops at once without a checkpoint, as a killed process would.</summary>
    public Task AbortAsync()
    {
        _abort.Cancel();
        return _ended.Task;
    }

    /// <summary>Instead of running: loads the last checkpoint and commits what its sinks do not have yet.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        _retry.Stopping = ct;
        try
        {
            await _checkpointer.RestoreAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            await _checkpointer.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All that is in the topics now is processed, checkpointed and committed.</summary>
    /// <exception cref="LeatException">LEAT2142 the job is not running.</exception>
    public async Task DrainAsync(CancellationToken ct)
    {
        if (!await ProcessAsync(ct).ConfigureAwait(false)) return;
        await CheckpointAsync(lake: true).WaitAsync(ct).ConfigureAwait(false);
        ThrowIfEnded();
        await _inspector.MeasureLagAsync().ConfigureAwait(false);
        _inspector.MeasureState();
    }

    /// <summary>All that is in the topics now is processed; no checkpoint. False: a topic does not exist, so there is nothing to do.</summary>
    public async Task<bool> ProcessAsync(CancellationToken ct)
    {
        foreach (var source in _plan.Sources)
            if (!await source.ExistsAsync(_parts, ct).ConfigureAwait(false)) return false;
        await _started.Task.WaitAsync(ct).ConfigureAwait(false);
        ThrowIfEnded();
        foreach (var (source, partition) in _partitions)
        {
            var end = await source.EndOffsetAsync(partition, _parts, ct).ConfigureAwait(false);
            while (partition.Offset < end)
            {
                ThrowIfEnded();
                await Task.Delay(1, ct).ConfigureAwait(false);
            }
        }

        return true;
    }

    /// <summary>Completes after a checkpoint that begins later than this call.</summary>
    public Task CheckpointAsync(bool lake)
    {
        lock (_requestGate)
        {
            if (_ended.Task.IsCompleted) return Task.CompletedTask;
            _request ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _requestsLake |= lake;
            return _request.Task;
        }
    }

    public void Dispose()
    {
        _abort.Dispose();
        _checkpointer.Dispose();
    }

    private async Task RunCoreAsync(CancellationToken ct)
    {
        _retry.Stopping = ct;
        _spill.Begin();
        foreach (var part in _plan.Stateful) part.UseDisk(_budget, _spill);
        await _tables.LoadAsync(ct).ConfigureAwait(false);
        foreach (var target in _plan.TopicTargets) await target.OpenAsync(_parts.Log, ct).ConfigureAwait(false);
        foreach (var source in _plan.Sources) _partitions = [.. _partitions, .. (await source.OpenAsync(_parts, text => _error = text, ct).ConfigureAwait(false)).Select(p => (source, p))];
        _clock = new JobClock([.. _partitions.Select(r => r.Progress)], _parts.Time, _parts.Options.IdleAfter);
        _coordinator = new Coordinator(_plan, _outputs, _clock, ct);
        _coordinator.Connect();
        await RestoreAsync(ct).ConfigureAwait(false);
        var count = Math.Min(MaxWorkers, _partitions.Length);
        _gate = new PauseGate(count);
        var settings = new WorkerSettings(_gate, _parts.Time, IsOverPressure) { FlushInterval = _parts.Options.FlushInterval, AreTablesRead = AreTablesRead };
        _workers = [.. Enumerable.Range(0, count).Select(i => MakeWorker([.. _partitions.Where((_, n) => n % count == i)], settings))];
        _inspector.Begin(_partitions, _workers);
        using var stopWorkers = new CancellationTokenSource();
        var loops = _workers.Select(w => Task.Run(() => w.RunAsync(stopWorkers.Token), CancellationToken.None)).ToList();
        try
        {
            _state = "running";
            _started.TrySetResult();
            await CoordinateAsync(loops, ct).ConfigureAwait(false);
        }
        finally
        {
            await stopWorkers.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_checkpoint is { } running) await ((Task)running.Written).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var worker in _workers) await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RestoreAsync(CancellationToken ct)
    {
        if (await _checkpointer.RestoreAsync(ct).ConfigureAwait(false) is not { } record) return;
        _clock!.Restore(record.Watermark);
        _coordinator!.Restore(record.Watermark);
        foreach (var mark in record.Partitions)
        {
            foreach (var partition in _clock.Partitions.Where(p => p.Source == mark.Topic && p.Partition.Partition == mark.Partition))
            {
                partition.Offset = Math.Max(mark.Offset, partition.Offset);
                partition.Cursor = mark.Lake;
                partition.RaiseWatermark(mark.Watermark);
                partition.IsIdle = mark.Idle;
            }
        }
    }

    private Worker MakeWorker(ImmutableArray<(SourcePlan Source, PartitionProgress Progress)> partitions, WorkerSettings settings)
    {
        var context = new WorkerContext(_outputs, _clock!);
        context.Flushed(_clock!.Watermark);
        var runners = partitions.Select(p => p.Source).Distinct().ToDictionary(s => s, s => s.CreateRunner(context));
        return new Worker([.. partitions.Select(p => p.Source.CreateFeed(p.Progress, runners[p.Source], _parts, settings))], context, _clock!, settings);
    }

    private bool IsOverPressure() => _watch.IsOverdue || _budget.IsExceeded || _outputs.Topics.SizeBytes > 16 << 20 || _plan.LakeSinks.Sum(s => s.SizeBytes) > 4 * LakeCommitBytes || _plan.RowSinks.Sum(s => s.SizeBytes) > LakeCommitBytes;

    private long LakeCommitBytes => (long)_parts.Options.LakeCommitMegabytes << 20;

    private bool AreTablesRead() => _tablesRead || (_tablesRead = _partitions.All(p => !p.Progress.IsFirst || p.Progress.WasCaughtUp));

    private async Task CoordinateAsync(List<Task> loops, CancellationToken ct)
    {
        var (lastCheckpoint, lastLake) = (_parts.Time.GetTimestamp(), _parts.Time.GetTimestamp());
        while (!ct.IsCancellationRequested)
        {
            await Task.WhenAny([.. loops, Task.Delay(Tick, ct), .. _checkpoint is { } running ? [running.Written] : Array.Empty<Task>()]).ConfigureAwait(false);
            foreach (var loop in loops.Where(l => l.IsCompleted)) await loop.ConfigureAwait(false);
            _clock!.ReleaseIdle();
            _tables.Refresh();
            Advance();
            await MeasureAsync().ConfigureAwait(false);
            if (_checkpoint is { Written.IsCompleted: true }) await FinishCheckpointAsync().ConfigureAwait(false);
            if (_budget.IsExceeded) GiveWay();
            if (_checkpoint is not null) continue;
            var (request, wantsLake) = TakeRequest();
            var lakeDue = wantsLake || _parts.Time.GetElapsedTime(lastLake) >= _parts.Options.LakeCommitInterval || _plan.LakeSinks.Sum(s => s.SizeBytes) + _checkpointer.WaitingBytes > LakeCommitBytes;
            var due = request is not null || _parts.Time.GetElapsedTime(lastCheckpoint) >= _parts.Options.CheckpointInterval || IsOverPressure();
            if (!due) continue;
            lastCheckpoint = _parts.Time.GetTimestamp();
            await BeginCheckpointAsync(loops, lakeDue, request).ConfigureAwait(false);
            if (lakeDue) lastLake = _parts.Time.GetTimestamp();
        }

        await FinishCheckpointAsync().ConfigureAwait(false);
        if (!_abort.IsCancellationRequested) await BeginCheckpointAsync(loops, lake: false, null).ConfigureAwait(false);
        await FinishCheckpointAsync().ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>What was changed has been saved, or came back from disk unchanged, and can leave.</summary>
    private void GiveWay()
    {
        foreach (var part in _plan.Stateful) part.GiveWay();
    }

    /// <summary>Closes windows up to what every worker has promised.</summary>
    private void Advance()
    {
        _clock!.Update();
        var safe = _workers.IsEmpty ? _clock.Watermark : _workers.Min(w => w.Context.Promised);
        _coordinator!.Advance(safe);
        foreach (var view in _plan.Views) view.Report(_clock.Watermark, _outputs.Latency.LatestMs);
    }

    /// <summary>Captures while all workers stand still; what follows is done beside them. Not cancelled half-way, but for a worker that failed.</summary>
    private async Task BeginCheckpointAsync(List<Task> loops, bool lake, TaskCompletionSource? request)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var allStand = _gate!.AskAsync(CancellationToken.None);
            await Task.WhenAny(loops.Append(allStand)).ConfigureAwait(false);
            foreach (var loop in loops.Where(l => l.IsCompleted)) await loop.ConfigureAwait(false);
            await allStand.ConfigureAwait(false);
            Snapshot? snapshot;
            try
            {
                _coordinator!.Settle(_clock!.Update());
                snapshot = _checkpointer.Capture(_clock!, lake);
                foreach (var worker in _workers) worker.Context.Flushed(_clock!.Watermark);
            }
            finally
            {
                _gate.Release();
            }

            if (snapshot is null)
            {
                request?.TrySetResult();
                return;
            }

            _watch.Begin();
            _checkpoint = new RunningCheckpoint(snapshot, Task.Run(() => _checkpointer.CompleteAsync(snapshot, _abort.Token), CancellationToken.None), clock, request);
        }
        catch (Exception error)
        {
            request?.TrySetException(error);
            throw;
        }
    }

    /// <summary>Waits for the checkpoint that is being written, where there is one.</summary>
    private async Task FinishCheckpointAsync()
    {
        if (_checkpoint is not { } running) return;
        try
        {
            _checkpointer.Finish(running.Snapshot, await running.Written.ConfigureAwait(false));
            _checkpoint = null;
            _watch.End();
            _checkpoints.Add(Stopwatch.GetElapsedTime(running.Began), _checkpointer.LastBytes, _checkpointer.StateBytes);
            running.Request?.TrySetResult();
        }
        catch (Exception error)
        {
            running.Request?.TrySetException(error);
            throw;
        }
    }

    private async Task MeasureAsync()
    {
        if (!_rate.Sample(_outputs.EventsRead)) return;
        await _inspector.MeasureLagAsync().ConfigureAwait(false);
        _inspector.Sample();
    }

    private (TaskCompletionSource?, bool) TakeRequest()
    {
        lock (_requestGate)
        {
            var taken = (_request, _requestsLake);
            (_request, _requestsLake) = (null, false);
            return taken;
        }
    }

    private void FailRequest()
    {
        lock (_requestGate)
        {
            _request?.TrySetResult();
            _request = null;
        }
    }

    private void ThrowIfEnded()
    {
        if (_ended.Task.IsCompleted || _state is "failed" or "stopped") throw StreamErrors.Stopped(Name, _error);
    }
}
