using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leat.Core;
using Leat.Log;
using Leat.Storage;
using Leat.Streams.Execution;
using Leat.Streams.Keys;
using Leat.Streams.Views;

namespace Leat.Streams.Testing;

/// <summary>Runs one stream job over a list of events, watermarks and kills, without sleeps and on a manual clock, and returns its outputs. Give a new one to each test.</summary>
public sealed class StreamTestBench : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Func<StreamJob> _job;
    private readonly StreamTestSettings _settings;
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-stream-test-").FullName;
    private readonly IEventLog _log;
    private JobRun? _run;
    private Task _running = Task.CompletedTask;
    private volatile int _dieAt = -1;

    /// <param name="job">Makes the job; called again after each kill.</param>
    /// <param name="settings">Surroundings; null = defaults.</param>
    public StreamTestBench(Func<StreamJob> job, StreamTestSettings? settings = null)
    {
        _job = job;
        _settings = settings ?? new StreamTestSettings();
        _log = _settings.Log ?? EmbeddedLog.Open(Path.Combine(_folder, "log"));
    }

    /// <summary>The job's clock.</summary>
    public ManualClock Clock { get; } = new(Start);

    /// <summary>The lake the job writes to.</summary>
    public MemoryLake Lake { get; } = new();

    /// <summary>The log the job reads from.</summary>
    public IEventLog Log => _log;

    /// <summary>State of the job now.</summary>
    public JobStatus Status => Run.Status();

    /// <summary>The job's graph with its figures.</summary>
    public JobDescription Description => Run.Describe(Run.Status());

    private JobRun Run => _run ?? throw new InvalidOperationException("nothing has run yet");

    /// <summary>The job's view of that name.</summary>
    public IView View(string name) => Run.Views.First(v => v.Name == name);

    /// <summary>Takes the steps, then processes and commits everything, and returns all outputs.</summary>
    public async Task<StreamTestResult> RunAsync(IEnumerable<StreamStep> steps, CancellationToken ct = default)
    {
        await PlayAsync(steps, ct).ConfigureAwait(false);
        await Run.DrainAsync(ct).ConfigureAwait(false);
        return await ResultAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Takes the steps and leaves the job running.</summary>
    public async Task PlayAsync(IEnumerable<StreamStep> steps, CancellationToken ct = default)
    {
        var list = steps.ToList();
        foreach (var topic in list.Select(TopicOf).OfType<string>().Distinct(StringComparer.Ordinal))
            await _log.CreateTopicAsync(topic, new TopicOptions { Partitions = _settings.Partitions, Durability = Durability.Never }, ct).ConfigureAwait(false);
        if (_run is null) StartRun();
        foreach (var step in list) await TakeAsync(step, ct).ConfigureAwait(false);
    }

    /// <summary>Outputs so far.</summary>
    public async Task<StreamTestResult> ResultAsync(CancellationToken ct = default)
    {
        var topics = ImmutableDictionary.CreateBuilder<string, ImmutableArray<StreamTestRecord>>();
        foreach (var topic in await _log.ListTopicsAsync(ct).ConfigureAwait(false))
            if (topic.Name.EndsWith(".late", StringComparison.Ordinal) || topic.Name.EndsWith(".dlq", StringComparison.Ordinal) || Run.OutputTopics.Contains(topic.Name))
                topics.Add(topic.Name, await TestRecords.ReadAsync(_log, topic, ct).ConfigureAwait(false));
        return new StreamTestResult(RowsOf(ViewConsistency.Committed), RowsOf(ViewConsistency.Fresh),
            Lake.Tables.ToImmutableDictionary(t => t.Name, t => t.Rows.Select(Show).Order(StringComparer.Ordinal).ToImmutableArray()), topics.ToImmutable(), Run.Status());
    }

    public async ValueTask DisposeAsync()
    {
        await DieAsync().ConfigureAwait(false);
        if (_settings.Log is null) await _log.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task TakeAsync(StreamStep step, CancellationToken ct)
    {
        switch (step)
        {
            case StreamStep.Event arrived: await AppendAsync(new TopicPartition(arrived.Topic, arrived.Partition), Encoding.UTF8.GetBytes(arrived.Json), [], ct).ConfigureAwait(false); break;
            case StreamStep.Watermark promise: await PromiseAsync(promise, ct).ConfigureAwait(false); break;
            case StreamStep.Process: await Run.ProcessAsync(ct).ConfigureAwait(false); break;
            case StreamStep.Checkpoint: await Run.DrainAsync(ct).ConfigureAwait(false); break;
            case StreamStep.Kill: await KillAsync(ct).ConfigureAwait(false); break;
            case StreamStep.KillAt at: await KillAtAsync(at.Step, ct).ConfigureAwait(false); break;
            case StreamStep.Pass time: Clock.Advance(time.By); break;
        }
    }

    private async Task KillAsync(CancellationToken ct)
    {
        try
        {
            await Run.ProcessAsync(ct).ConfigureAwait(false);
        }
        catch (LeatException error) when (error.Code == "LEAT2142")
        {
            // It has failed already.
        }

        await DieAsync().ConfigureAwait(false);
        StartRun();
    }

    private async Task KillAtAsync(CheckpointStep step, CancellationToken ct)
    {
        await Run.ProcessAsync(ct).ConfigureAwait(false);
        _dieAt = (int)step;
        try
        {
            await Run.CheckpointAsync(lake: true).WaitAsync(ct).ConfigureAwait(false);
        }
        catch (SimulatedDeath)
        {
            // What the step asked for.
        }

        _dieAt = -1;
        await DieAsync().ConfigureAwait(false);
        StartRun();
    }

    private async Task DieAsync()
    {
        if (_run is null) return;
        await _run.AbortAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _run.Dispose();
    }

    private void StartRun()
    {
        var options = new StreamOptions { Workers = _settings.Workers, IdleAfter = _settings.IdleAfter, CheckpointInterval = TimeSpan.FromHours(1), LakeCommitInterval = TimeSpan.FromDays(1) };
        _settings.Configure?.Invoke(options);
        options.Check();
        var project = new LeatProject(_settings.ProjectFolder ?? _folder, "test", "dev", Path.Combine(_folder, ".leat"));
        _run = new JobRun(_job(), new RunParts(_log, project, options) { Lake = _settings.Lake ?? Lake, Time = Clock, AtStep = AtStep, Files = new DurableFiles(syncs: false) });
        _running = _run.RunAsync(CancellationToken.None);
    }

    private void AtStep(CheckpointStep step)
    {
        if (_dieAt == (int)step) throw new SimulatedDeath(step);
    }

    private async Task PromiseAsync(StreamStep.Watermark promise, CancellationToken ct)
    {
        var ms = ((DateTimeOffset)DateTime.SpecifyKind(promise.Time, DateTimeKind.Utc)).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        for (var i = promise.Partition ?? 0; i <= (promise.Partition ?? (_settings.Partitions - 1)); i++)
            await AppendAsync(new TopicPartition(promise.Topic, i), [], [KeyValuePair.Create(WellKnownHeaders.Watermark, ms)], ct).ConfigureAwait(false);
    }

    private async Task AppendAsync(TopicPartition partition, byte[] value, KeyValuePair<string, string>[] headers, CancellationToken ct)
    {
        var batch = new RecordBatchBuilder();
        batch.Add(Clock.GetUtcNow().ToUnixTimeMilliseconds(), [], value, headers);
        await _log.AppendAsync(partition, batch, null, ct).ConfigureAwait(false);
    }

    private ImmutableDictionary<string, ImmutableArray<string>> RowsOf(ViewConsistency consistency) =>
        Run.Views.ToImmutableDictionary(v => v.Name, v => v.Query(new ViewQuery(Limit: 10_000, Consistency: consistency)).Rows.Select(Show).ToImmutableArray());

    private static string? TopicOf(StreamStep step) => step switch
    {
        StreamStep.Event arrived => arrived.Topic,
        StreamStep.Watermark promise => promise.Topic,
        _ => null,
    };

    private static string Show(ImmutableArray<object?> row) => string.Join('|', row.Select(KeyLeaf.Show));
}
