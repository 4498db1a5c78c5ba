using Leat.Core;
using Leat.Flows;
using Leat.Host;
using Leat.Host.CommandLine;
using Leat.Ingest;
using Leat.Sql;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Replay;

namespace Storefront.Demo;

/// <summary>Replays invoice lines through the whole platform: collector, log, streams, lake, models; then compares stream with batch.</summary>
internal sealed class ReplayDemo(VerbContext context, DemoSettings settings, string dataFolder, double? speedup)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!Directory.Exists(dataFolder)) throw new LeatException("LEAT8006", "the folder does not exist", dataFolder, "give --data a folder with CSV files");
        var started = Time.GetTimestamp();
        var stateFolder = context.LoadProject().DataFolder;
        var replay = new RetailReplay(dataFolder, stateFolder, Time);
        var state = new DemoState(stateFolder, replay.Fingerprint);
        await using var running = await context.StartAsync(settings.ToUp(state), ct);
        context.Talk($"the page is at {running.Address}");
        using var client = new CollectorClient(running.Address, Time);
        var rowsRead = await replay.RunAsync(client, speedup, new Progress(context).Report, ct);
        var summary = await SettleAsync(running.Services, rowsRead, ct);
        var seconds = Time.GetElapsedTime(started).TotalSeconds;
        state.MarkDone();
        Print(summary, seconds);
        if (!settings.Once) await running.WaitForStopAsync(ct);
        return summary.IsConsistent ? 0 : 1;
    }

    /// <summary>Waits until everything sent has gone all the way, runs the batch, and reads the result.</summary>
    private static async Task<ReplaySummary> SettleAsync(IServiceProvider services, long rowsRead, CancellationToken ct)
    {
        await services.GetRequiredService<IStreamRuntime>().DrainAsync(ct);
        await services.GetRequiredService<TopicLanding>().LandAsync(ct);
        var run = await services.GetRequiredService<IFlowRuntime>().RunAsync("daily_batch", ct);
        if (run.State != RunState.Success) throw new LeatException("LEAT8007", $"the batch ended as {run.State}: {string.Join("; ", run.Tasks.Select(t => t.Reason))}", $"flow daily_batch, run {run.RunId}", "see 'leat flow list' and the log above", Fault.Internal);
        await using var session = services.GetRequiredService<ISqlEngine>().OpenSession(new SqlSessionOptions());
        return await ReplaySummary.ReadAsync(session, rowsRead, ct);
    }

    private void Print(ReplaySummary summary, double seconds)
    {
        if (context.Json) context.WriteJson(summary.ToJson(seconds));
        else foreach (var (name, value) in summary.ToJson(seconds)) context.Out.WriteLine($"{name,-20} {value}");
    }

    /// <summary>Lines sent, at most once a second, on a terminal only.</summary>
    private sealed class Progress(VerbContext context)
    {
        private long _last = Time.GetTimestamp();

        public void Report(long lines)
        {
            if (!context.Console.IsTerminal || Time.GetElapsedTime(_last) < TimeSpan.FromSeconds(1)) return;
            _last = Time.GetTimestamp();
            context.Talk($"{lines:n0} lines sent");
        }
    }
}
