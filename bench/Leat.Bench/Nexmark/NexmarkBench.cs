using System.Diagnostics;
using System.Globalization;
using Leat.Bench.Nexmark;

namespace Leat.Bench;

/// <summary>NEXMark q0 to q23 over events in memory: a hand-written loop, DuckDB in batch, and the Leat job where there is one. All three must come to the same rows.</summary>
public sealed class NexmarkBench : IBenchmark
{
    private const int QuickEvents = 1_000_000;
    private const int FullEvents = 10_000_000;
    private const int WarmUpEvents = 10_000;
    private const int WarmUpRuns = 40;
    private const int QuickRuns = 3;
    private const int FullRuns = 3;

    public string Name => "nexmark";

    public string Summary => "the queries of NEXMark, so far as hand-written loops and on DuckDB; Leat's own jobs are still to come";

    public Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var settings = NexmarkSettings.Over100Seconds(quick ? QuickEvents : FullEvents);
        progress($"making {settings}");
        var watch = Stopwatch.StartNew();
        using var events = NexmarkGenerator.Make(settings, ct);
        var generated = string.Create(CultureInfo.InvariantCulture, $"generated in {watch.Elapsed.TotalSeconds:0.0} s, not counted");
        progress("loading the peer");
        using var peer = NexmarkPeer.Load(events, ct);
        WarmUp(ct);
        peer.Connection.Execute("SET threads = 1", ct);
        var queries = new List<NexmarkRuns>();
        foreach (var loop in NexmarkLoops.All)
        {
            progress(loop.Name);
            queries.Add(Measure(loop, (events, peer), quick ? QuickRuns : FullRuns, ct));
        }

        return Task.FromResult(NexmarkReport.Of(queries, settings, generated));
    }

    /// <summary>Runs every loop often enough over few events for its code to be compiled with all optimisations: a loop that runs once over many would stay as it was first compiled.</summary>
    private static void WarmUp(CancellationToken ct)
    {
        using var few = NexmarkGenerator.Make(NexmarkSettings.Over100Seconds(WarmUpEvents), ct);
        foreach (var loop in NexmarkLoops.All)
            for (var i = 0; i < WarmUpRuns; i++) loop.Run(few);
    }

    /// <summary>One turn to warm up, then loop and peer in turns.</summary>
    private static NexmarkRuns Measure(INexmarkLoop loop, (NexmarkEvents Events, NexmarkPeer Peer) input, int runs, CancellationToken ct)
    {
        var query = new NexmarkRuns(loop.Name, loop.RunPeer(input.Peer.Connection, ct));
        for (var i = -1; i < runs; i++)
        {
            ct.ThrowIfCancellationRequested();
            var ours = NexmarkRun.Measure(() => loop.Run(input.Events));
            var theirs = NexmarkRun.Measure(() => input.Peer.Run(loop, ct));
            if (i < 0) continue;
            query.Loop.Add(ours);
            query.Peer.Add(theirs);
        }

        return query;
    }
}
