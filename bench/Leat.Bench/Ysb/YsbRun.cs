using System.Diagnostics;
using Leat.Core;
using Leat.Log;
using Leat.Streams;
using Leat.Streams.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Bench.Ysb;

/// <summary>One run of the job from empty state to a committed answer over all events.</summary>
internal sealed record YsbRun(double Seconds, double CpuSeconds, double BytesAllocated, SortedDictionary<(string Campaign, long Window), long> Answer, JobStatus Status)
{
    public static async Task<YsbRun> MeasureAsync(YsbInput input, int workers, string folder, CancellationToken ct)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new LeatProject(folder, "ysb", "bench", folder))
            .AddSingleton<IEventLog>(new SharedLog(input.Log))
            .AddLeatStreams(o => o.Workers = workers)
            .AddSingleton<StreamJob>(new YsbJob(input.Ads))
            .BuildServiceProvider();
        var runtime = services.GetRequiredService<IStreamRuntime>();
        var host = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var (cpu, allocated, watch) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        await host.StartAsync(ct);
        await runtime.DrainAsync(ct);
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var bytes = GC.GetTotalAllocatedBytes() - allocated;
        var answer = Read(services.GetRequiredService<IViewStore>().Find(YsbJob.View)!);
        var status = runtime.List().Single();
        await host.StopAsync(ct);
        return new YsbRun(seconds, cpuSeconds, bytes, answer, status);
    }

    private static SortedDictionary<(string Campaign, long Window), long> Read(IView view)
    {
        var answer = new SortedDictionary<(string, long), long>();
        foreach (var batch in view.Scan(ViewConsistency.Committed))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++)
                    answer.Add((batch[0].GetText(row).ToString(), batch[1].Get<long>(row) / 1000), batch[3].Get<long>(row));
        }

        return answer;
    }
}
