using System.Globalization;
using System.Text;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Tests;

/// <summary>The child process of the kill test: a job over the embedded log of a project, and a producer that goes on where the log ends.</summary>
internal static class CrashJob
{
    public const string Topic = "clicks";
    public const int Partitions = 2;
    private const int EventsPerBatch = 20;
    private static readonly string[] Campaigns = ["spring", "summer", "autumn with a long name"];

    /// <summary>Appends and processes until it is killed; says "ready" once it does.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        await using var services = await StartAsync(folder);
        var log = services.GetRequiredService<IEventLog>();
        Console.WriteLine("ready");
        while (true)
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                var at = new TopicPartition(Topic, partition);
                var next = (await log.DescribeAsync(at, default)).EndOffsetExcl;
                var batch = new RecordBatchBuilder();
                for (var i = 0; i < EventsPerBatch; i++) batch.Add(0, default, Encoding.UTF8.GetBytes(EventOf(next + i)));
                await log.AppendAsync(at, batch, null, default);
            }
        }
    }

    /// <summary>Promises that nothing follows, processes what is there and ends in order.</summary>
    public static async Task<int> EndAsync(string folder)
    {
        await using var services = await StartAsync(folder);
        var log = services.GetRequiredService<IEventLog>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            var batch = new RecordBatchBuilder();
            batch.AddTombstone(0, default, [new(WellKnownHeaders.Watermark, DateTimeOffset.Parse("2100-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))]);
            await log.AppendAsync(new TopicPartition(Topic, partition), batch, null, default);
        }
        await services.GetRequiredService<IStreamRuntime>().DrainAsync(default);
        foreach (var host in services.GetServices<IHostedService>()) await host.StopAsync(default);
        var status = services.GetRequiredService<IStreamRuntime>().List().Single();
        if (status.Error is not null) Console.WriteLine(status);
        return status.Error is null ? 0 : 1;
    }

    public static ServiceProvider Compose(string folder) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Leat:Streams:CheckpointInterval", "00:00:00.1"), new("Leat:Streams:LakeCommitInterval", "00:00:01")]).Build())
        .AddSingleton(new LeatProject(folder, "crash", "dev", Path.Combine(folder, ".leat")))
        .AddLeatStreams()
        .AddLeatLake()
        .AddSingleton<StreamJob>(new CampaignClicks())
        .BuildServiceProvider();

    private static async Task<ServiceProvider> StartAsync(string folder)
    {
        var services = Compose(folder);
        await services.GetRequiredService<IEventLog>().CreateTopicAsync(Topic, new TopicOptions { Partitions = Partitions }, default);
        foreach (var host in services.GetServices<IHostedService>()) await host.StartAsync(default);
        return services;
    }

    /// <summary>The event of an offset: 20 a second of event time, so that windows close all the time.</summary>
    private static string EventOf(long offset) =>
        Clicks.Json(offset * 0.05, Campaigns[offset % 7 % Campaigns.Length], (offset % 1000 * 0.001m).ToString(CultureInfo.InvariantCulture), $"user-{offset * 31 % 11}");
}
