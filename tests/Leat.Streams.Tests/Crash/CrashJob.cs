using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Storage;
using Leat.Streams.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Tests;

/// <summary>The child process of the kill test: a job over the embedded log of a project, and a producer that goes on where the log ends.</summary>
internal static class CrashJob
{
    public const int Partitions = 2;
    private const int EventsPerBatch = 50;

    /// <summary>Appends and processes until it is killed; says "ready" once it does.</summary>
    /// <param name="folder">Of the project.</param>
    /// <param name="intervalMs">Between checkpoints.</param>
    /// <param name="point">Where it kills itself; "-" = nowhere.</param>
    public static async Task<int> RunAsync(string folder, int intervalMs, string point)
    {
        ChildProcess.EndWithParent();
        await using var services = await StartAsync(Compose(folder, intervalMs, point));
        var log = services.GetRequiredService<IEventLog>();
        Console.WriteLine("ready");
        while (true)
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                var at = new TopicPartition(YsbViews.Topic, partition);
                var next = (await log.DescribeAsync(at, default)).EndOffsetExcl;
                var batch = new RecordBatchBuilder();
                for (var i = 0; i < EventsPerBatch; i++) batch.Add(0, default, Encoding.UTF8.GetBytes(EventOf(next + i, partition)));
                await log.AppendAsync(at, batch, null, default);
            }

            if (services.GetRequiredService<IStreamRuntime>().List().Single() is { State: "failed" } failed) throw new InvalidOperationException(failed.Error);
        }
    }

    /// <summary>Promises that nothing follows, processes what is there, prints the view and ends in order.</summary>
    public static async Task<int> EndAsync(string folder)
    {
        ChildProcess.EndWithParent();
        await using var services = await StartAsync(Compose(folder, 1000, "-"));
        var log = services.GetRequiredService<IEventLog>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            var batch = new RecordBatchBuilder();
            batch.AddTombstone(0, default, [new(WellKnownHeaders.Watermark, DateTimeOffset.Parse("2100-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))]);
            await log.AppendAsync(new TopicPartition(YsbViews.Topic, partition), batch, null, default);
        }
        await services.GetRequiredService<IStreamRuntime>().DrainAsync(default);
        foreach (var batch in services.GetRequiredService<IViewStore>().Find(YsbViews.View)!.Scan(ViewConsistency.Committed))
        {
            using (batch)
                foreach (var line in WindowLines.Of(batch)) Console.WriteLine(line);
        }
        foreach (var host in services.GetServices<IHostedService>()) await host.StopAsync(default);
        var status = services.GetRequiredService<IStreamRuntime>().List().Single();
        if (status.Error is not null || status.DeadEvents + status.LateEvents > 0) Console.WriteLine(status);
        return status.Error is null ? 0 : 1;
    }

    public static ServiceProvider Compose(string folder, int intervalMs = 1000, string point = "-") => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Leat:Streams:CheckpointInterval", $"{TimeSpan.FromMilliseconds(intervalMs)}"), new("Leat:Streams:LakeCommitInterval", "00:00:01")]).Build())
        .AddSingleton(new LeatProject(folder, "crash", "dev", Path.Combine(folder, ".leat")))
        .AddSingleton(point == "-" ? new DurableFiles() : new DurableFiles(KillPoint.Parse(point)))
        .AddLeatStreams()
        .AddLeatLake()
        .AddSingleton<StreamJob>(new YsbViews())
        .BuildServiceProvider();

    private static async Task<ServiceProvider> StartAsync(ServiceProvider services)
    {
        await services.GetRequiredService<IEventLog>().CreateTopicAsync(YsbViews.Topic, new TopicOptions { Partitions = Partitions }, default);
        foreach (var host in services.GetServices<IHostedService>()) await host.StartAsync(default);
        return services;
    }

    /// <summary>The event of an offset: 50 a second of event time, so that windows close all the time; up to 1.5 s out of order; some of unknown ads.</summary>
    private static string EventOf(long offset, int partition)
    {
        var mixed = ((offset * 2_654_435_761) + (partition * 97)) & 0x7fffffff;
        var time = Clicks.Zero.AddMilliseconds(((offset + 100) * 20) - (mixed % 1500));
        var type = (mixed / 7 % 3) switch { 0 => "view", 1 => "click", _ => "purchase" };
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"user":"user-{{mixed % 13}}","page_id":"{{mixed:x16}}","ad_id":"{{YsbViews.AdOf((int)(mixed / 3 % (YsbViews.Ads + 5)))}}","ad_type":"banner","event_type":"{{type}}","event_time":"{{time:yyyy-MM-ddTHH:mm:ss.fff'Z'}}","cost":{{offset % 1000 * 0.001m}}}""");
    }
}
