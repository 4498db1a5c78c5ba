using System.Globalization;
using Leat.Core;
using Leat.Log;
using Leat.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Bench.Ysb.State;

/// <summary>A job with many keys: memory when all are held, then the delay of rows at a steady rate.</summary>
/// <param name="Gigabytes">RssAnon of the process with all keys.</param>
/// <param name="P99">Of the delay from due to processed, in ms.</param>
/// <param name="Keys">Held at the end.</param>
/// <param name="Processed">Rows.</param>
/// <param name="Checkpoints">Figures of the checkpoints.</param>
internal sealed record StateRun(double Gigabytes, double P99, long Keys, long Processed, CheckpointFigures Checkpoints)
{
    public static async Task<StateRun> MeasureAsync(TouchLoad load, TimeSpan checkpoints, string folder, CancellationToken ct)
    {
        var latency = new TouchLatency();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new LeatProject(folder, "state", "bench", folder))
            .AddSingleton<IEventLog>(EmbeddedLog.Open(Path.Combine(folder, "log")))
            .AddLeatStreams(o => (o.Workers, o.CheckpointInterval, o.StateMemoryMegabytes) = (2, checkpoints, 1 << 13))
            .AddSingleton<StreamJob>(new TouchJob(load, latency))
            .BuildServiceProvider();
        var runtime = services.GetRequiredService<IStreamRuntime>();
        var host = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        await host.StartAsync(ct);
        while (latency.Rows < load.Keys) await Task.Delay(20, ct);
        await Task.Delay(TimeSpan.FromSeconds(3), ct);
        var gigabytes = RssAnon();
        load.Start();
        await runtime.DrainAsync(ct);
        var description = services.GetRequiredService<IStreamInspection>().Describe("touch_job");
        await host.StopAsync(ct);
        return new StateRun(gigabytes, latency.Quantile(0.99), description!.Operators.Sum(o => o.State?.Keys ?? 0), latency.Rows, description.Checkpoints);
    }

    private static double RssAnon()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1e6 * 1.024;
    }
}
