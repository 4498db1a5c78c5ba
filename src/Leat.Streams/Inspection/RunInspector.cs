using System.Collections.Immutable;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Jobs;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Inspection;

/// <summary>Measures one run: lag, rates, state, waits. Sampled by the coordinator about twice a second, state once a second; read by all.</summary>
internal sealed class RunInspector
{
    private const double Second = TimeSpan.TicksPerSecond;
    private static readonly string[] LeavingOut = ["where", "lookup", "deduplicate"];
    private readonly JobPlan _plan;
    private readonly RunParts _parts;
    private readonly CheckpointTimes _checkpoints;
    private readonly RateMeter[] _rates;
    private readonly RateMeter _gc;
    private readonly Lock _gate = new();
    private ImmutableArray<PartitionGauge> _partitions = [];
    private ImmutableArray<(WorkerMeter Meter, RateMeter Waited, RateMeter Held)> _workers = [];
    private volatile Dictionary<StatefulOperator, StateFigures> _states = [];
    private bool _hasShares;
    private bool _measuresState;

    public RunInspector(JobPlan plan, RunParts parts, CheckpointTimes checkpoints)
    {
        (_plan, _parts, _checkpoints) = (plan, parts, checkpoints);
        _rates = [.. plan.Nodes.Select(_ => new RateMeter(parts.Time))];
        _gc = new RateMeter(parts.Time);
    }

    /// <summary>Records appended but not yet read.</summary>
    public long Lag => _partitions.Sum(p => p.Waiting);

    /// <summary>The run begins: partitions stand where they are read from.</summary>
    public void Begin(IEnumerable<(SourcePlan Source, PartitionProgress Progress)> partitions, IEnumerable<Worker> workers)
    {
        _partitions = [.. partitions.Select(p => new PartitionGauge(p.Source, p.Progress))];
        foreach (var rate in _rates) rate.Begin(0);
        _gc.Begin(GC.GetTotalPauseDuration().Ticks);
        _workers = [.. workers.Select(w => (w.Meter, new RateMeter(_parts.Time), new RateMeter(_parts.Time)))];
        foreach (var (_, waited, held) in _workers)
        {
            waited.Begin(0);
            held.Begin(0);
        }
    }

    /// <summary>Asks each source how far it goes.</summary>
    public async Task MeasureLagAsync()
    {
        foreach (var partition in _partitions) await partition.MeasureAsync(_parts).ConfigureAwait(false);
    }

    /// <summary>Takes the rates, and every second time the state.</summary>
    public void Sample()
    {
        foreach (var node in _plan.Nodes) _ = _rates[node.Id].Sample(node.Rows);
        foreach (var (meter, waited, held) in _workers)
        {
            var read = meter.Read();
            _ = waited.Sample(read.Waited);
            _ = held.Sample(read.Held);
        }

        if (_gc.Sample(GC.GetTotalPauseDuration().Ticks)) Volatile.Write(ref _hasShares, true);
        _measuresState = !_measuresState;
        if (_measuresState) MeasureState();
    }

    public void MeasureState()
    {
        lock (_gate) _states = _plan.Stateful.ToDictionary(s => s, FiguresOf);
    }

    /// <param name="status">Of the job.</param>
    /// <param name="watermark">Of the job, ticks since 1970.</param>
    public JobDescription Describe(JobStatus status, long watermark)
    {
        var runs = status.State == "running" && Volatile.Read(ref _hasShares);
        var description = new JobDescription(status)
        {
            Operators = [.. _plan.Nodes.Select(n => FiguresOf(n, watermark, runs))],
            Partitions = [.. _partitions.Select(p => p.Figures())],
            Tables = [.. _plan.Tables.Select(t => t.Figures)],
            BusyShares = runs ? [.. _workers.Select(w => 1 - ShareOf(w.Waited))] : [],
            HeldShare = runs ? _workers.Select(w => ShareOf(w.Held)).DefaultIfEmpty(0).Average() : 0,
            GcShare = runs ? ShareOf(_gc) : 0,
            Checkpoints = _checkpoints.Figures,
            Settings = _parts.Options.Copy(),
        };
        return description with { Diagnosis = Inspection.Diagnosis.Of(description) };
    }

    private OperatorFigures FiguresOf(GraphNode node, long watermark, bool runs)
    {
        var (rows, read) = (node.Rows, ReadBy(node));
        var late = node.State?.LateRows ?? 0;
        return new OperatorFigures(node.Id, node.Kind, node.Detail, [.. node.Inputs.Select(i => i.Id)])
        {
            Name = node.State?.Label,
            RowsIn = read,
            RowsOut = rows,
            RowsInPerSecond = !runs ? 0 : node.Source is null ? node.Inputs.Sum(i => _rates[i.Id].PerSecond) : _rates[node.Id].PerSecond,
            RowsOutPerSecond = runs ? _rates[node.Id].PerSecond : 0,
            Waiting = node.Source is null ? null : _partitions.Where(p => p.Source == node.Source).Sum(p => p.Waiting),
            Watermark = Watermarks.TimeOf(Watermarks.Minus(watermark, node.Delay)),
            LateRows = late,
            RowsLeftOut = LeavingOut.Contains(node.Kind) ? Math.Max(0, read - rows - late) : null,
            State = node.State is { } state ? _states.GetValueOrDefault(state) : null,
        };
    }

    private long ReadBy(GraphNode node) => node.Source is null ? node.Inputs.Sum(i => i.Rows) : _partitions.Where(p => p.Source == node.Source).Sum(p => p.Read);

    private static StateFigures FiguresOf(StatefulOperator part)
    {
        var size = part.Measure();
        return new StateFigures(size.Keys, size.SizeBytes, size.Keys == 0 ? null : (double)size.LargestShardKeys / size.Keys, part.Sample.LargestShare()) { SpilledBytes = size.SpilledBytes };
    }

    private static double ShareOf(RateMeter ticks) => Math.Clamp(ticks.PerSecond / Second, 0, 1);
}
