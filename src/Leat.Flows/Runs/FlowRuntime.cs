using System.Globalization;
using Leat.Core;
using Microsoft.Extensions.Options;

namespace Leat.Flows;

/// <summary>Runs flows in this process: waiting runs in order, at most <see cref="FlowDefinition.MaxActiveRuns"/> a flow at once.</summary>
internal sealed class FlowRuntime : IFlowRuntime, IAsyncDisposable
{
    private readonly FlowCatalog _catalog;
    private readonly RunStore _runs;
    private readonly RunServices _services;
    private readonly FlowOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActiveRun> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<ActiveRun>> _waiting = new(StringComparer.Ordinal);
    private readonly Lazy<Task> _migrated;
    private int _disposed;

    public FlowRuntime(FlowCatalog catalog, IMetaStore meta, RunReporter reporter, TimeProvider clock, IOptions<FlowOptions> options)
    {
        _catalog = catalog;
        _options = options.Value;
        _runs = new RunStore(meta);
        _services = new RunServices(Guid.NewGuid().ToString("N"), new TaskStore(meta), new AttemptRunner(catalog, clock), reporter, new SemaphoreSlim(_options.MaxParallelTasks), clock);
        _migrated = new Lazy<Task>(() => _runs.MigrateAsync(CancellationToken.None));
    }

    public IReadOnlyList<FlowDefinition> List() => _catalog.All;

    public async Task<FlowRun> RunAsync(string flow, CancellationToken ct)
    {
        var definition = _catalog.Get(flow);
        await _migrated.Value.ConfigureAwait(false);
        var now = _services.Clock.GetUtcNow();
        var end = definition.Schedule is { } schedule ? schedule.Previous(now.AddTicks(1)) ?? now : now;
        var run = NewRun(flow, "manual", definition.Schedule?.IntervalStart(end) ?? end, end);
        await _runs.AddAsync(run, definition.Tasks, ct).ConfigureAwait(false);
        var active = Enqueue(definition, run);
        using var cancel = ct.Register(() => active.Cancel());
        await active.Ended.ConfigureAwait(false);
        return (await _runs.FindAsync(run.RunId, CancellationToken.None).ConfigureAwait(false))!;
    }

    public async Task<IReadOnlyList<FlowRun>> HistoryAsync(string? flow, int limit, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        return await _runs.HistoryAsync(flow, limit, ct).ConfigureAwait(false);
    }

    public async Task<FlowRun?> FindAsync(string runId, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        return await _runs.FindAsync(runId, ct).ConfigureAwait(false);
    }

    public async Task<string?> LogAsync(string runId, string task, int attempt, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        return await _services.Tasks.LogAsync(new AttemptKey(runId, task, attempt), ct).ConfigureAwait(false);
    }

    public bool Cancel(string runId)
    {
        ActiveRun? active;
        lock (_gate) active = _known.GetValueOrDefault(runId);
        active?.Cancel();
        return active is not null;
    }

    /// <summary>Ticks of a flow that are recorded, or the flow's first sight: ticks after it are due.</summary>
    public async Task<DateTimeOffset> TicksFromAsync(string flow, CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        return await _runs.TicksFromAsync(flow, _services.Clock.GetUtcNow(), ct).ConfigureAwait(false);
    }

    /// <summary>Makes the one run of a tick; nothing happens when the tick has its run already.</summary>
    public async Task TickAsync(FlowDefinition flow, DateTimeOffset tick, CancellationToken ct)
    {
        var run = NewRun(flow.Name, "schedule", flow.Schedule!.IntervalStart(tick), tick);
        int waiting;
        lock (_gate) waiting = _waiting.GetValueOrDefault(flow.Name)?.Count ?? 0;
        if (waiting >= _options.MaxQueuedRuns)
        {
            run = run with { State = RunState.Skipped, EndedAt = run.QueuedAt, Reason = $"{waiting} runs of the flow wait already" };
        }
        if (!await _runs.TryAddTickAsync(run, flow.Tasks, ct).ConfigureAwait(false)) return;
        if (run.State is RunState.Queued) Enqueue(flow, run);
        else await _services.Reporter.RunEndedAsync(run).ConfigureAwait(false);
    }

    /// <summary>Continues what an ended process left. Call it once, as the one owner of the data folder.</summary>
    public async Task AdoptAsync(CancellationToken ct)
    {
        await _migrated.Value.ConfigureAwait(false);
        foreach (var run in await _runs.AdoptAsync(_services.Owner, _services.Clock.GetUtcNow(), ct).ConfigureAwait(false))
        {
            lock (_gate)
            {
                if (_known.ContainsKey(run.RunId)) continue;
            }
            if (_catalog.Find(run.Flow) is { } flow) Enqueue(flow, run);
            else await EndAsync(run, RunState.Failed, "the project no longer has this flow").ConfigureAwait(false);
        }
    }

    /// <summary>Stops: attempts are told, runs stay open and are adopted at the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        List<Task> open;
        lock (_gate) open = [.. _known.Values.Where(run => run.IsStarted).Select(run => run.Ended)];
        await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return; // registered under two names, so told twice
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
        _services.Slots.Dispose();
    }

    private FlowRun NewRun(string flow, string trigger, DateTimeOffset from, DateTimeOffset toExcl)
    {
        var now = _services.Clock.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}")[..27];
        return new FlowRun(id, flow, RunState.Queued, trigger, from, toExcl, now, null, null, "", []);
    }

    private ActiveRun Enqueue(FlowDefinition flow, FlowRun run)
    {
        var active = new ActiveRun(flow, run, _stopping.Token);
        lock (_gate)
        {
            if (_known.TryGetValue(run.RunId, out var known)) return known; // adoption and its maker met
            _known.Add(run.RunId, active);
            if (!_waiting.TryGetValue(flow.Name, out var queue)) _waiting.Add(flow.Name, queue = new Queue<ActiveRun>());
            queue.Enqueue(active);
        }
        StartWaiting(flow);
        return active;
    }

    private void StartWaiting(FlowDefinition flow)
    {
        lock (_gate)
        {
            var queue = _waiting[flow.Name];
            while (!_stopping.IsCancellationRequested && queue.Count > 0 && _active.GetValueOrDefault(flow.Name) < flow.MaxActiveRuns)
            {
                _active[flow.Name] = _active.GetValueOrDefault(flow.Name) + 1;
                var next = queue.Dequeue();
                next.Start(() => ExecuteAsync(next));
            }
        }
    }

    private async Task ExecuteAsync(ActiveRun active)
    {
        try
        {
            var run = active.Run;
            var now = _services.Clock.GetUtcNow();
            if (!await _runs.TryStartAsync(run.RunId, _services.Owner, now, _stopping.Token).ConfigureAwait(false)) return;
            _services.Reporter.RunStarted(run);
            var ended = await new RunExecution(active, _services).RunAsync().ConfigureAwait(false);
            if (ended is { } end) await EndAsync(run, end.State, end.Reason).ConfigureAwait(false);
        }
        catch (Exception cause) when (!_stopping.IsCancellationRequested)
        {
            _services.Reporter.RunBroke(cause, active.Run.RunId);
            await EndAsync(active.Run, RunState.Failed, $"the run could not be driven on: {cause.Message}").ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _known.Remove(active.Run.RunId);
                _active[active.Flow.Name]--;
            }
            StartWaiting(active.Flow);
        }
    }

    private async Task EndAsync(FlowRun run, RunState state, string reason)
    {
        var ended = run with { State = state, Reason = reason, EndedAt = _services.Clock.GetUtcNow() };
        if (await _runs.TryEndAsync(ended, _services.Owner, _options.KeepRuns, CancellationToken.None).ConfigureAwait(false)) await _services.Reporter.RunEndedAsync(ended).ConfigureAwait(false);
    }
}
