using System.Collections.Immutable;
using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Leat.Ingest.Tests.Composition;

public sealed class AddLeatIngestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_project_When_its_services_run_Then_topics_are_made_and_records_land_at_the_interval()
    {
        _folder.Write("sources/clicks.yml", "sources:\n  - name: clicks\n    kind: collector\n    partitions: 2\n    contract: { fields: [{ name: a }] }\n    land: { table: raw.clicks, every: 5s }\n");
        await using var services = Services();
        var landing = services.GetServices<IHostedService>().OfType<TopicLanding>().Single();
        Assert.Same(services.GetRequiredService<TopicLanding>(), landing);
        var armed = _time.TimersArmed;
        await landing.StartAsync(default);
        for (var i = 0; i < 1000 && _time.TimersArmed == armed; i++) await Task.Delay(10);
        await SendAsync(services.GetRequiredService<IEventLog>());

        _time.Advance(TimeSpan.FromSeconds(5));

        var lake = services.GetRequiredService<ILakeCatalog>();
        var events = services.GetRequiredService<IRunEvents>();
        for (var i = 0; i < 1000 && events.Recent.Count == 0; i++) await Task.Delay(10);
        Assert.Equal(1, (await (await lake.FindAsync("raw.clicks", default))!.SnapshotAsync(null, default)).Files.Sum(f => f.Rows));
        Assert.Contains(events.Recent, e => e is { Kind: RunEventKind.Completed, Job: "ingest/clicks" });
        await landing.StopAsync(default);
    }

    [Fact]
    public async Task Given_a_project_When_other_rooms_ask_Then_sources_topics_contracts_and_tables_are_offered()
    {
        _folder.Write("sources/x.yml", "sources:\n  - { name: clicks, kind: collector, topic: t, key: a, contract: { fields: [{ name: a }] } }\n  - { name: f, kind: files, path: data/*.csv, table: raw.f }\n");
        await using var services = Services();

        Assert.Equal(["clicks", "f"], services.GetRequiredService<IIngestCatalog>().Sources.Select(s => s.Name));
        Assert.Equal(new TopicSource("t", 1, "a"), services.GetRequiredService<ITopicRegistry>().Find("t"));
        Assert.Equal("t", services.GetServices<IContractSource>().SelectMany(s => s.Contracts).Single().Dataset);
        Assert.Equal("lake", services.GetServices<ISqlSource>().Single().SchemaName);
    }

    [Fact]
    public async Task Given_the_task_kind_ingest_When_run_Then_the_source_is_loaded_and_an_unknown_one_is_named()
    {
        _folder.Write("sources/x.yml", "sources:\n  - { name: files_in, kind: files, path: data/*.csv, table: raw.f }\n");
        _folder.Write("data/a.csv", "id\n1\n2\n");
        await using var services = Services();
        var task = services.GetServices<ITaskKind>().Single(t => t.Name == "ingest");

        var outcome = Assert.IsType<TaskOutcome.Succeeded>(await task.RunAsync(Context("files_in"), default));
        var error = await Assert.ThrowsAsync<LeatException>(() => task.RunAsync(Context("file_in"), default));

        Assert.Equal("2", outcome.Outputs["rows"]);
        Assert.Equal(("LEAT3207", "did you mean 'files_in'?"), (error.Code, error.Todo));
    }

    private static async Task SendAsync(IEventLog log)
    {
        var builder = new RecordBatchBuilder();
        builder.Add(0, [], Encoding.UTF8.GetBytes("{\"a\":\"x\"}"));
        await log.AppendAsync(new TopicPartition("clicks", 1), builder, null, default);
    }

    private static TaskContext Context(string source) =>
        new("flow", "run", "task", 1, "attempt", default, default, ImmutableDictionary<string, string>.Empty.Add("source", source), _ => { });

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddLeatCore(new LeatProject(_folder.Path, "p", "dev", Path.Combine(_folder.Path, ".leat")), new ConfigurationBuilder().Build());
        services.AddLeatLog();
        services.AddLeatLake();
        services.AddLeatIngest();
        return services.BuildServiceProvider(validateScopes: true);
    }
}
