using System.Text;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Streams.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Tests;

public sealed class RealLakeTests
{
    [EngineFact]
    public async Task Given_registered_services_When_a_job_runs_twice_over_a_project_Then_view_and_delta_table_hold_each_row_once()
    {
        var folder = Directory.CreateTempSubdirectory("leat-project-").FullName;
        for (var run = 0; run < 2; run++)
        {
            await using var services = Compose(folder);
            var log = services.GetRequiredService<IEventLog>();
            await log.CreateTopicAsync("clicks", new TopicOptions(), default);
            var host = services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
            await host.StartAsync(default);
            var runtime = services.GetRequiredService<IStreamRuntime>();
            for (var i = 0; i < 10; i++)
            {
                var batch = new RecordBatchBuilder();
                batch.Add(0, default, Encoding.UTF8.GetBytes(Clicks.Json((run * 1000) + (i * 10), "campaign", "1.005")));
                await log.AppendAsync(new TopicPartition("clicks", 0), batch, null, default);
            }

            await runtime.DrainAsync(default);
            var status = Assert.Single(runtime.List());
            Assert.True(status is { State: "running", Error: null, Lag: 0 }, status.ToString());
            Assert.Equal((run + 1) * 10, services.GetRequiredService<IViewStore>().Find("campaign_clicks")!.Query(new ViewQuery()).Rows.Length);
            await host.StopAsync(default);
        }

        await using var reader = Compose(folder);
        var table = (await reader.GetRequiredService<ILakeCatalog>().FindAsync("campaign_clicks_10s", default))!;
        var rows = new List<(object?, object?)>();
        await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(null, default), default))
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) rows.Add((batch["window_start"].GetValue(row), batch["cost"].GetValue(row)));
        // The last window that is final ends 60 s of lateness and 5 s of disorder before the last event: 10 windows, then those of seconds 1000 to 1010.
        Assert.Equal(12, rows.Count);
        Assert.Equal(12, rows.Distinct().Count());
        Assert.All(rows, row => Assert.Equal(1.005m, row.Item2));
        Directory.Delete(folder, recursive: true);
    }

    private static ServiceProvider Compose(string folder) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton(new LeatProject(folder, "test", "dev", Path.Combine(folder, ".leat")))
        .AddLeatStreams()
        .AddLeatLake()
        .AddSingleton<StreamJob>(new CampaignClicks())
        .BuildServiceProvider();
}
