using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Jobs;
using Leat.Streams.LakeSources;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Tests.Feeds;

/// <summary>Reads one source of a job turn by turn, without workers, so that it can be stopped anywhere and go on from any position.</summary>
internal sealed class FeedBench(Func<List<string>, StreamJob> job, IEventLog log, ILakeCatalog lake) : IAsyncDisposable
{
    private readonly List<string> _output = [];
    private ImmutableArray<PartitionProgress> _partitions = [];
    private ImmutableArray<PartitionFeed> _feeds = [];
    private SourceRunner? _runner;
    private (ImmutableArray<(long Offset, LakeCursor? Cursor)> Marks, int Rows) _saved = ([], 0);

    public IReadOnlyList<string> Output => _output;

    /// <summary>Begins, or goes on from what was saved last: output that came later is gone.</summary>
    public async Task StartAsync()
    {
        await DisposeAsync();
        _output.RemoveRange(_saved.Rows, _output.Count - _saved.Rows);
        var plan = new JobPlan("feed");
        job(_output).Build(new JobBuilder(plan));
        var parts = new RunParts(log, new LeatProject(".", "test", "dev", "."), new StreamOptions()) { Lake = lake };
        var source = plan.Sources[0];
        _partitions = [.. await source.OpenAsync(parts, _ => { }, default)];
        for (var i = 0; i < _saved.Marks.Length; i++) (_partitions[i].Offset, _partitions[i].Cursor) = (Math.Max(_saved.Marks[i].Offset, _partitions[i].Offset), _saved.Marks[i].Cursor);
        var context = new WorkerContext(new RunOutputs("feed", TimeProvider.System, new StreamOptions(), plan.Topics), new JobClock(_partitions, TimeProvider.System, TimeSpan.FromMinutes(1)));
        var (runner, settings) = (source.CreateRunner(context), new WorkerSettings(new PauseGate(1), TimeProvider.System, () => false));
        _runner = runner;
        _feeds = [.. _partitions.Select(p => source.CreateFeed(p, runner, parts, settings))];
        Parts = (source, parts);
    }

    public (SourcePlan Source, RunParts Run) Parts { get; private set; }

    /// <summary>One turn of one partition.</summary>
    public async Task<bool> TurnAsync(int partition) => await _feeds[partition % _feeds.Length].NextAsync(default);

    public void Save() => _saved = ([.. _partitions.Select(p => (p.Offset, p.Cursor))], _output.Count);

    /// <summary>All that is there now.</summary>
    public async Task FinishAsync()
    {
        for (var i = 0; i < _feeds.Length; i++)
        {
            var end = await Parts.Source.EndOffsetAsync(_partitions[i], Parts.Run, default);
            while (await _feeds[i].NextAsync(default) || _partitions[i].Offset < end)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds) await feed.DisposeAsync();
        _runner?.Dispose();
        (_feeds, _runner) = ([], null);
    }
}
