using Leat.Flows;
using Leat.Host.CommandLine;
using Leat.Ingest;
using Leat.Sql;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Replay;
using Storefront.Simulation;

namespace Storefront.Demo;

/// <summary>Runs the storefront on simulated events; with --once for a while, then audits that nothing was lost or counted twice.</summary>
internal sealed class SimulatedDemo(VerbContext context, DemoSettings settings, int eventsPerSecond, double? seconds)
{
    private const int Seed = 4310;
    private static readonly TimeSpan OnceDuration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstBatch = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BatchPause = TimeSpan.FromMinutes(5);
    private static readonly TimeProvider Time = TimeProvider.System;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var started = Time.GetTimestamp();
        var state = new DemoState(context.LoadProject().DataFolder, settings.Once ? $"simulated once {Time.GetUtcNow().Ticks}" : "simulated");
        await using var running = await context.StartAsync(settings.ToUp(state), ct);
        context.Talk($"the page is at {running.Address}");
        using var client = new CollectorClient(running.Address, Time);
        using var shop = new ShopSimulator(Seed, Mishaps.Usual);
        var load = new LiveLoad(client, shop, Time);
        if (!settings.Once) return await RunUntilStoppedAsync(load, running, ct);
        using var memory = new MemoryWatch(Time);
        await load.RunAsync(eventsPerSecond, seconds is { } s ? TimeSpan.FromSeconds(s) : OnceDuration, ct);
        memory.Stop();
        var latency = running.Services.GetRequiredService<IStreamRuntime>().List();
        var audit = await AuditAsync(running.Services, shop.Truth, ct);
        var json = audit.ToJson(load, latency, memory, Time.GetElapsedTime(started).TotalSeconds);
        if (context.Json) context.WriteJson(json);
        else foreach (var (name, value) in json) context.Out.WriteLine($"{name,-24} {value}");
        return audit.IsExact ? 0 : 1;
    }

    private async Task<int> RunUntilStoppedAsync(LiveLoad load, Leat.Host.RunningLeat running, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = load.RunAsync(eventsPerSecond, null, stop.Token);
        var waiting = running.WaitForStopAsync(stop.Token);
        var batches = RunBatchesAsync(running.Services.GetRequiredService<IFlowRuntime>(), stop.Token);
        var first = await Task.WhenAny(sending, waiting, batches);
        await stop.CancelAsync();
        try
        {
            await first;
            await Task.WhenAll(sending, waiting, batches);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl-C is how this form of the demo ends.
        }
        return 0;
    }

    /// <summary>The nightly batch, soon and then again and again, so that a visitor sees one.</summary>
    private static async Task RunBatchesAsync(IFlowRuntime flows, CancellationToken ct)
    {
        await Task.Delay(FirstBatch, Time, ct);
        using var timer = new PeriodicTimer(BatchPause, Time);
        do await flows.RunAsync("daily_batch", ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    private static async Task<SimulatedAudit> AuditAsync(IServiceProvider services, GroundTruth truth, CancellationToken ct)
    {
        await services.GetRequiredService<IStreamRuntime>().DrainAsync(ct);
        await services.GetRequiredService<TopicLanding>().LandAsync(ct);
        await using var session = services.GetRequiredService<ISqlEngine>().OpenSession(new SqlSessionOptions());
        return await SimulatedAudit.ReadAsync(session, truth, ct);
    }
}
