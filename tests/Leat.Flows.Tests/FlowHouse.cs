using Leat.Conformance;
using Leat.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Flows.Tests;

/// <summary>A project folder with flows and a manual clock; processes over it come and go.</summary>
internal sealed class FlowHouse : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProvider> _processes = [];

    public ManualTimeProvider Clock { get; } = new();

    public string Root => _folder.Path;

    public void Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Starts a process: its runtime over the same metadata, with these flows.</summary>
    public FlowRuntime Process(params Flow[] flows) => Services(null, flows).GetRequiredService<FlowRuntime>();

    public ServiceProvider Services(Action<FlowOptions>? configure, params Flow[] flows)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock);
        services.AddLeatCore(new LeatProject(Root, "test", "dev", Path.Combine(Root, ".leat")), new ConfigurationBuilder().Build());
        foreach (var flow in flows) services.AddSingleton(flow);
        services.AddLeatFlows(configure);
        var process = services.BuildServiceProvider();
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process with its scheduler, as <c>leat up</c> does.</summary>
    public async Task<(FlowRuntime Runtime, IHostedService Scheduler)> UpAsync(params Flow[] flows)
    {
        var services = Services(null, flows);
        var scheduler = Assert.Single(services.GetServices<IHostedService>());
        await scheduler.StartAsync(CancellationToken.None);
        return (services.GetRequiredService<FlowRuntime>(), scheduler);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        _folder.Dispose();
    }
}
