using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Leat.Flows;

/// <summary>
/// Makes one run a tick. Ticks missed while no process ran: the newest is made up for, older ones are not. A clock that jumps can neither double nor move a tick,
/// for each is a row of its own.
/// </summary>
internal sealed partial class FlowScheduler(FlowRuntime runtime, TimeProvider clock, IOptions<FlowOptions> options, ILogger<FlowScheduler> logger) : BackgroundService
{
    // Sleeping longer would make a clock that was set forward late by as much.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await runtime.AdoptAsync(stoppingToken).ConfigureAwait(false);
        if (!options.Value.Schedule) return;
        var flows = runtime.List().Where(flow => flow.Schedule is not null).ToList();
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var flow in flows) last[flow.Name] = await runtime.TicksFromAsync(flow.Name, stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            foreach (var flow in flows)
            {
                last[flow.Name] = await TickAsync(flow, last[flow.Name], stoppingToken).ConfigureAwait(false);
                if (flow.Schedule!.Next(last[flow.Name]) is { } next && next - clock.GetUtcNow() < sleep) sleep = next - clock.GetUtcNow();
            }
            if (sleep > TimeSpan.Zero) await Task.Delay(sleep, clock, stoppingToken).ConfigureAwait(false);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await runtime.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Runs the newest tick that is due; returns the tick up to which nothing is due.</summary>
    private async Task<DateTimeOffset> TickAsync(FlowDefinition flow, DateTimeOffset last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (flow.Schedule!.Previous(now.AddMilliseconds(1)) is not { } due || due <= last) return last;
        if (flow.Schedule.Next(last) is { } first && first < due) TicksLeftOut(flow.Name, first, due);
        await runtime.TickAsync(flow, due, ct).ConfigureAwait(false);
        return due;
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning, Message = "Flow {Flow}: ticks from {First} on were missed; only the newest, {Due}, is run")]
    private partial void TicksLeftOut(string flow, DateTimeOffset first, DateTimeOffset due);
}
