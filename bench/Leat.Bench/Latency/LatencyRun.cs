using System.Collections.Immutable;
using System.Diagnostics;
using Leat.Bench.Ysb;
using Leat.Core;
using Leat.Log;
using Leat.Streams;
using Leat.Streams.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Bench.Latency;

/// <summary>One measurement: what was seen when, and whether the counts are right.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="Latencies">Milliseconds by append, with the fifth of the measured time.</param>
/// <param name="LateMs">How late appends were called.</param>
/// <param name="Sent">Events.</param>
/// <param name="CountsEqual">Every window of the view has the count of the producer, and no other is there.</param>
/// <param name="Windows">Counts compared.</param>
/// <param name="Status">Of the job at the end.</param>
/// <param name="CpuShare">CPU seconds of the process by second of the clock; producer and reader included.</param>
/// <param name="GcPauseMs">Pauses of the garbage collector, all together.</param>
/// <param name="Disk">How long small durable writes took meanwhile.</param>
internal sealed record LatencyRun(LatencyPlan Plan, List<(double Ms, int Minute)> Latencies, List<double> LateMs, long Sent, bool CountsEqual, int Windows, JobStatus Status, double CpuShare, double GcPauseMs, DiskProbe Disk)
{
    public static async Task<LatencyRun> MeasureAsync(LatencyPlan plan, string folder, CancellationToken ct)
    {
        var ads = new LatencyAds();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new LeatProject(folder, "latency", "bench", folder))
            .AddLeatStreams()
            .AddSingleton<StreamJob>(new YsbJob(ads.Table))
            .BuildServiceProvider();
        var log = services.GetRequiredService<IEventLog>();
        await log.CreateTopicAsync(YsbInput.Topic, new TopicOptions { Partitions = LatencyAds.Partitions, RetentionBytes = 1L << 30 }, ct);
        var runtime = services.GetRequiredService<IStreamRuntime>();
        var host = services.GetServices<IHostedService>().OfType<BackgroundService>().Single(h => h is IStreamRuntime);
        await host.StartAsync(ct);
        var view = services.GetRequiredService<IViewStore>().Find(YsbJob.View)!;
        var (producer, pauses, cpu, watch) = (new OpenLoopProducer(log, ads, plan), GC.GetTotalPauseDuration(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var reader = new FreshReader(view, ads, producer.Probes);
        using var producing = new CancellationTokenSource();
        var disk = new DiskProbe(folder);
        var probing = OnThread(() => disk.Run(producing.Token));
        var reading = OnThread(() => reader.Run(producing.Token, ct));
        await OnThread(() => producer.Run(ct));
        await producing.CancelAsync();
        await Task.WhenAll(reading, probing);
        ct.ThrowIfCancellationRequested();
        var (cpuShare, gcPauseMs) = ((Environment.CpuUsage.TotalTime - cpu) / watch.Elapsed, (GC.GetTotalPauseDuration() - pauses).TotalMilliseconds);
        await runtime.DrainAsync(ct);
        var run = new LatencyRun(plan, reader.Latencies, producer.LateMs, producer.Sent, Equal(view, ads.CampaignIds, producer.Expected), producer.Expected.Count, runtime.List().Single(), cpuShare, gcPauseMs, disk);
        await host.StopAsync(ct);
        return run;
    }

    /// <summary>Latency that this share of the appends are not above; of one fifth of the time, or of all.</summary>
    public double Quantile(double share, int? part = null)
    {
        var sorted = Latencies.Where(l => part is null || l.Minute == part).Select(l => l.Ms).Order().ToList();
        return sorted.Count == 0 ? double.PositiveInfinity : sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];
    }

    private static bool Equal(IView view, ImmutableArray<string> campaigns, Dictionary<(int Campaign, long Window), long> expected)
    {
        var actual = new Dictionary<(string, long), long>();
        foreach (var batch in view.Scan(ViewConsistency.Committed))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) actual.Add((batch[0].GetText(row).ToString(), batch[1].Get<long>(row) / 1000), batch[3].Get<long>(row));
        }

        return actual.Count == expected.Count && expected.All(e => actual.GetValueOrDefault((campaigns[e.Key.Campaign], e.Key.Window)) == e.Value);
    }

    private static Task OnThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
