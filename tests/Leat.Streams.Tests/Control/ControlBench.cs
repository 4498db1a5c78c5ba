using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Checkpoints;
using Leat.Streams.Execution;
using Leat.Streams.Keys;
using Leat.Streams.Testing;
using Leat.Streams.Views;

namespace Leat.Streams.Tests;

/// <summary>A project whose process comes and goes, each time with the job it is given, over one log and one lake.</summary>
internal sealed class ControlBench : IAsyncDisposable
{
    public const string Job = "clicks_job";
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLog _log;
    private ViewStore _views = new();
    private StreamRuntime? _runtime;

    public ControlBench() => _log = EmbeddedLog.Open(Path.Combine(_folder.Path, "log"));

    public MemoryLake Lake { get; } = new();

    public IStreamControl Control => _runtime!;

    public JobStatus Status => _runtime!.List().Single();

    public string Folder => _folder.Path;

    public string CheckpointFolder => Path.Combine(_folder.Path, ".leat", "checkpoints", Job);

    public CheckpointStore Store => new(CheckpointFolder, new());

    /// <summary>Ends the process and begins one with another definition of the job.</summary>
    public async Task BeginAsync(Action<JobBuilder> define, Action<StreamOptions>? configure = null, bool start = true)
    {
        await EndAsync();
        await _log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 4, Durability = Durability.Never }, default);
        var options = new StreamOptions { Workers = 1, CheckpointInterval = TimeSpan.FromHours(1), LakeCommitInterval = TimeSpan.FromDays(1) };
        configure?.Invoke(options);
        _views = new ViewStore();
        _runtime = new StreamRuntime([new DefinedJob(define)], new RunParts(_log, new LeatProject(_folder.Path, "test", "dev", Path.Combine(_folder.Path, ".leat")), options) { Lake = Lake }, _views);
        if (!start) return;
        await _runtime.StartAsync(default);
        for (var i = 0; i < 2000 && Status is { State: "starting" or "stopped", Error: null }; i++) await Task.Delay(5);
    }

    /// <summary>Stops in order.</summary>
    public async Task EndAsync()
    {
        if (_runtime is null) return;
        await _runtime.StopAsync(default);
        _runtime.Dispose();
        _runtime = null;
    }

    public async Task SendAsync(params IEnumerable<StreamStep> steps)
    {
        foreach (var step in steps)
        {
            var batch = new RecordBatchBuilder();
            switch (step)
            {
                case StreamStep.Event e:
                    batch.Add(0, [], Encoding.UTF8.GetBytes(e.Json));
                    await _log.AppendAsync(new TopicPartition("clicks", e.Partition), batch, null, default);
                    break;
                case StreamStep.Watermark w:
                    batch.Add(0, [], [], [KeyValuePair.Create(WellKnownHeaders.Watermark, new DateTimeOffset(w.Time).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))]);
                    for (var partition = 0; partition < 4; partition++) await _log.AppendAsync(new TopicPartition("clicks", partition), batch, null, default);
                    break;
            }
        }
    }

    public Task DrainAsync() => _runtime!.DrainAsync(default).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Committed rows, sorted, "key|start second|values".</summary>
    public string[] View(string name) => [.. _views.Find(name)!.Query(new ViewQuery(Limit: 10_000, Consistency: ViewConsistency.Committed)).Rows.Select(Show).Order(StringComparer.Ordinal)];

    public string[] Table(string name) => [.. Lake.Tables.Where(t => t.Name == name).SelectMany(t => t.Rows).Select(r => Show([.. r])).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    private static string Show(ImmutableArray<object?> row) => string.Join('|', row.Where((_, i) => i != 2).Select((v, i) => i == 1 && v is DateTime time ? $"{(time - Clicks.Zero).TotalSeconds}" : KeyLeaf.Show(v)));

    private sealed class DefinedJob(Action<JobBuilder> define) : StreamJob
    {
        public override string Name => Job;

        protected override void Define(JobBuilder job) => define(job);
    }
}
