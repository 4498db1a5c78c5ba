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

    public string Summary => "the queries of NEXMark as Leat jobs, as hand-written loops and on DuckDB";

    public async Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
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
            queries.Add(await MeasureAsync(loop, (events, peer), quick ? QuickRuns : FullRuns, ct));
        }

        return NexmarkReport.Of(queries, settings, generated);
    }

    /// <summary>Runs every loop often enough over few events for its code to be compiled with all optimisations: a loop that runs once over many would stay as it was first compiled.</summary>
    private static void WarmUp(CancellationToken ct)
    {
        using var few = NexmarkGenerator.Make(NexmarkSettings.Over100Seconds(WarmUpEvents), ct);
        foreach (var loop in NexmarkLoops.All)
            for (var i = 0; i < WarmUpRuns; i++) loop.Run(few);
    }

    /// <summary>One turn of loop and job to warm up (the peer has read its tables for the answer), then all three in turns.</summary>
    private static async Task<NexmarkRuns> MeasureAsync(INexmarkLoop loop, (NexmarkEvents Events, NexmarkPeer Peer) input, int runs, CancellationToken ct)
    {
        var result = new NexmarkRuns(loop.Name, loop.RunPeer(input.Peer.Connection, ct));
        var query = NexmarkQueries.All.FirstOrDefault(q => q.Name == loop.Name);
        for (var i = -1; i < runs; i++)
        {
            ct.ThrowIfCancellationRequested();
            var ours = NexmarkRun.Measure(() => loop.Run(input.Events));
            var leat = query is null ? null : await RunJobAsync(query, input.Events, ct);
            if (i < 0) continue;
            result.Loop.Add(ours);
            result.Peer.Add(NexmarkRun.Measure(() => input.Peer.Run(loop, ct)));
            if (leat is not null) result.Leat.Add(leat);
        }

        return result;
    }

    private static async Task<NexmarkRun> RunJobAsync(INexmarkQuery query, NexmarkEvents events, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-nexmark-job-").FullName;
        try
        {
            return await NexmarkJobRun.MeasureAsync(query, events, folder, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
