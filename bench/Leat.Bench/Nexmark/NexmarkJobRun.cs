using System.Diagnostics;
using Leat.Core;
using Leat.Log;
using Leat.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Bench.Nexmark;

/// <summary>A timed run of a query as a job of one worker, from empty state until all input is through.</summary>
internal static class NexmarkJobRun
{
    /// <summary>The job runs in the product's runtime, with checkpoints as by default, over a log in <paramref name="folder"/> that may be empty.</summary>
    public static async Task<NexmarkRun> MeasureAsync(INexmarkQuery query, NexmarkEvents events, string folder, CancellationToken ct)
    {
        using var answer = new NexmarkAnswer();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new LeatProject(folder, "nexmark", "bench", folder))
            .AddSingleton<IEventLog>(EmbeddedLog.Open(Path.Combine(folder, "log")))
            .AddLeatStreams(o => o.Workers = 1)
            .AddSingleton(query.Job(events, answer))
            .BuildServiceProvider();
        var runtime = services.GetRequiredService<IStreamRuntime>();
        var host = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await host.StartAsync(ct);
        await runtime.DrainAsync(ct);
        answer.Dispose();
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        await host.StopAsync(ct);
        return new NexmarkRun(seconds, cpuSeconds, answer.Sum);
    }
}
