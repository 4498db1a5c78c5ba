using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Tests.Sinks;

/// <summary>Records of a job in topics, on the embedded log and on Kafka: for readers of what is committed each epoch is there whole and once, wherever the job dies.</summary>
public sealed class TopicTransactionTests
{
    private static readonly StreamStep[] Script =
    [
        Clicks.At(1, "a", "2"), Clicks.At(2, "b", "3.5"), new StreamStep.Process(), Clicks.At(12, "a"), Clicks.At(31, "b"), Clicks.At(3, "late"), Clicks.Watermark(60), Clicks.At(70, "c"), Clicks.At(71, "c", "\"x\""),
    ];

    private static bool Full => Environment.GetEnvironmentVariable("LEAT_FULL") == "1";

    [Fact]
    public async Task Given_the_embedded_log_When_the_process_dies_anywhere_in_a_transaction_Then_all_is_there_once()
    {
        var expected = await WholeAsync();
        foreach (var point in Enum.GetValues<DeathPoint>())
        {
            using var folder = new TemporaryFolder();
            await using var log = new DyingLog(EmbeddedLog.Open(folder.Path));
            await CheckDeathsAsync(log, point, expected, every: 1);
        }
    }

    [Fact]
    public async Task Given_a_Kafka_client_on_the_logs_own_port_When_the_process_dies_anywhere_in_a_transaction_Then_all_is_there_once()
    {
        var expected = await WholeAsync();
        foreach (var point in Full ? Enum.GetValues<DeathPoint>() : [DeathPoint.AfterAppend, DeathPoint.AfterCommit])
        {
            using var folder = new TemporaryFolder();
            await using var services = await PortAsync(folder.Path);
            await using var log = new DyingLog(Kafka(services.Bootstrap));
            await CheckDeathsAsync(log, point, expected, every: 4);
        }
    }

    [Fact]
    public async Task Given_a_Kafka_client_on_a_mock_cluster_When_the_job_is_killed_at_every_step_Then_all_is_there_once()
    {
        var expected = await WholeAsync();
        foreach (var step in Enum.GetValues<CheckpointStep>())
        {
            using var cluster = new MockCluster();
            await using var log = new MockedLog(Kafka(cluster.Bootstrap), cluster);
            await using var bench = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
            foreach (var topic in (string[])["forwarded", "results", "forwarded_clicks.late", "clicks.dlq", "leat.stream-commits"]) await log.CreateTopicAsync(topic, new TopicOptions(), default);
            await bench.PlayAsync(Killed(step, every: 4).Append(new StreamStep.Checkpoint()));
            Assert.Equal("running", bench.Status.State);
            Assert.Equal(expected, await ShownAsync(log));
        }
    }

    [Fact]
    public async Task Given_a_Kafka_client_on_the_logs_own_port_When_the_job_is_killed_at_every_step_Then_all_is_there_once()
    {
        var expected = await WholeAsync();
        foreach (var step in Full ? Enum.GetValues<CheckpointStep>() : [CheckpointStep.Recorded])
        {
            using var folder = new TemporaryFolder();
            await using var services = await PortAsync(folder.Path);
            await using var log = Kafka(services.Bootstrap);
            await using var bench = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
            await bench.RunAsync(Killed(step, every: 4));
            Assert.Equal(expected, await ShownAsync(log));
        }
    }

    [Fact]
    public async Task Given_a_transaction_that_is_open_When_its_topics_are_read_Then_nothing_of_the_epoch_is_seen()
    {
        using var folder = new TemporaryFolder();
        await using var log = new DyingLog(EmbeddedLog.Open(folder.Path));
        await using var bench = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
        await bench.PlayAsync([.. Script, new StreamStep.Process()]);
        log.DieAt(DeathPoint.BeforeCommit);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.PlayAsync([new StreamStep.Checkpoint()]));
        Assert.Empty(await ShownAsync(log));
        await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal(await WholeAsync(), await ShownAsync(log));
    }

    [Fact]
    public async Task Given_a_job_that_reads_what_another_writes_When_both_have_drained_Then_the_second_has_all_and_no_lag()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await using var first = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
        await first.RunAsync([Clicks.At(1, "a"), new StreamStep.Checkpoint(), Clicks.At(2, "b")]);
        await using var second = new StreamTestBench(() => new Reader(), new StreamTestSettings { Log = log });
        var result = await second.RunAsync([]);
        Assert.Equal((2L, 0L), (result.Status.EventsRead, result.Status.Lag));
        Assert.Equal(["a|1.000000", "b|1.000000"], result.Tables["read"].Select(r => $"{r.Split('|')[0]}|{r.Split('|')[2]}"));
    }

    private static IEnumerable<StreamStep> Killed(CheckpointStep step, int every) => Script.SelectMany((s, i) => i % every == every - 1 ? (StreamStep[])[s, new StreamStep.KillAt(step)] : [s]);

    private static async Task CheckDeathsAsync(DyingLog log, DeathPoint point, List<string> expected, int every)
    {
        await using var bench = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
        foreach (var (i, step) in Script.Index())
        {
            await bench.PlayAsync([step]);
            if (i % every != every - 1) continue;
            log.DieAt(point);
            try
            {
                await bench.PlayAsync([new StreamStep.Checkpoint()]);
            }
            catch (LeatException error) when (error.Code == "LEAT2142")
            {
                await bench.PlayAsync([new StreamStep.Kill()]);
            }
            catch (InvalidOperationException)
            {
                await bench.PlayAsync([new StreamStep.Kill()]);
            }
        }

        var result = await bench.RunAsync([new StreamStep.Kill()]);
        Assert.Equal("running", result.Status.State);
        Assert.True(log.Deaths >= 4 / every, $"{log.Deaths} deaths at {point}");
        Assert.Equal(expected, await ShownAsync(log));
    }

    private static async Task<List<string>> WholeAsync()
    {
        using var folder = new TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await using var bench = new StreamTestBench(() => new Forwarded(), new StreamTestSettings { Log = log });
        await bench.RunAsync(Script);
        var whole = await ShownAsync(log);
        Assert.Equal(["clicks.dlq", "forwarded", "forwarded_clicks.late", "results"], whole.Select(r => r.Split(' ')[0]).Distinct());
        return whole;
    }

    private static async Task<List<string>> ShownAsync(IEventLog log)
    {
        var shown = new List<string>();
        foreach (var name in (string[])["forwarded", "results", "forwarded_clicks.late", "clicks.dlq"])
        {
            if (await log.FindTopicAsync(name, default) is { } topic) shown.AddRange((await TestRecords.ReadAsync(log, topic, default)).Select(r => $"{name} {r.Value} {r.Source} {r.Code}"));
        }

        return [.. shown.Order(StringComparer.Ordinal)];
    }

    private static KafkaLog Kafka(string bootstrap) => KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = bootstrap }));

    private static async Task<Port> PortAsync(string folder)
    {
        var port = PostgresServer.FreePort();
        var settings = new Dictionary<string, string?> { ["Leat:Log:KafkaPort"] = $"{port}" };
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(new LeatProject(folder, "test", "dev", Path.Combine(folder, ".leat"))).AddLeatLog().BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(default);
        return new Port(services, $"127.0.0.1:{port}");
    }

    private sealed record Port(ServiceProvider Services, string Bootstrap) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var service in Services.GetServices<IHostedService>()) await service.StopAsync(default);
            await Services.DisposeAsync();
        }
    }

    private sealed class Forwarded : StreamJob
    {
        public override string Name => "forwarded_clicks";

        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .ToTopic("forwarded", e => e.Campaign.ToString())
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Aggregate(a => a.Count("clicks").Sum("cost", e => e.Cost))
            .ToTopic("results");
    }

    private sealed class Reader : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("forwarded", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).ToLake("read");
    }
}
