using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Host.Composition;
using Leat.Host.Owner;
using Leat.Serve;
using Leat.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Host;

/// <summary>A whole project at work in this process: owner of its data folder, with background services, HTTP face and owner's socket.</summary>
public sealed class RunningLeat : IAsyncDisposable
{
    private static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StreamPause = TimeSpan.FromMilliseconds(5);
    private readonly Stack<Func<ValueTask>> _undo = new();
    private readonly List<BackgroundService> _background = [];

    private RunningLeat(LeatProject project) => Project = project;

    public LeatProject Project { get; }

    /// <summary>Where the HTTP face listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The composed rooms.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    /// <summary>Takes the data folder and starts everything; on failure everything started is stopped again.</summary>
    /// <exception cref="LeatException">LEAT7002 the folder has another owner; LEAT6002 port busy; whatever a room refuses to start with.</exception>
    internal static async Task<RunningLeat> StartAsync(LeatAppBuilder app, UpSettings settings, TextWriter talk, CancellationToken ct)
    {
        var loaded = LeatRuntime.Load(settings.ProjectFolder, settings.Target, settings.ProjectFolder);
        var running = new RunningLeat(loaded.Project);
        try
        {
            await running.StartAsync(loaded, app, settings, talk, ct);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when <paramref name="ct"/> asks to stop; throws what a background service failed with.</summary>
    public async Task WaitForStopAsync(CancellationToken ct)
    {
        var asked = Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var failed = _background.Select(b => b.ExecuteTask!).Where(t => t is not null).Select(FailureOfAsync).Append(asked);
        var first = await Task.WhenAny(failed);
        if (first != asked) await first;
    }

    private async Task StartAsync(LoadedProject loaded, LeatAppBuilder app, UpSettings settings, TextWriter talk, CancellationToken ct)
    {
        var owner = DataFolderOwner.Become(loaded.Project.DataFolder);
        _undo.Push(owner.DisposeAsync);
        settings.Prepare?.Invoke(loaded.Project.DataFolder);
        var runtime = LeatRuntime.Compose(loaded, app, talk);
        _undo.Push(runtime.DisposeAsync);
        Services = runtime.Services;
        await Rooms.PrepareAsync(Services, ct);
        var server = await LeatServer.StartAsync(Services, ServerOptionsOf(loaded, settings), ct);
        _undo.Push(server.DisposeAsync);
        Address = server.Address;
        foreach (var service in Services.GetServices<IHostedService>()) await StartServiceAsync(service);
        await WaitForStreamsAsync(ct);
        var runner = new CommandLineRunner(app);
        var socket = new OwnerSocket(loaded.Project.DataFolder, (args, console, stop) => runner.RunInsideAsync(args, console, runtime, stop));
        _undo.Push(socket.DisposeAsync);
    }

    /// <summary>Waits until each job runs, has failed or says what it waits for; at most <see cref="StreamPatience"/>, since a job may restore much state.</summary>
    private async Task WaitForStreamsAsync(CancellationToken ct)
    {
        var streams = Services.GetRequiredService<IStreamRuntime>();
        for (var waited = TimeSpan.Zero; waited < StreamPatience && streams.List().Any(job => job is { State: "starting" or "stopped", Error: null }); waited += StreamPause)
        {
            await Task.Delay(StreamPause, ct);
        }
    }

    private async Task StartServiceAsync(IHostedService service)
    {
        // Without a token: a background service would take it for the signal to stop, all at once and before its turn.
        await service.StartAsync(CancellationToken.None);
        _undo.Push(async () =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await service.StopAsync(patience.Token);
        });
        if (service is BackgroundService background) _background.Add(background);
    }

    private static ServerOptions ServerOptionsOf(LoadedProject loaded, UpSettings settings)
    {
        var options = new ServerOptions { SiteFolder = SiteFolder.Find() };
        loaded.Configuration.GetSection(ServerOptions.Section).Bind(options);
        if (settings.Port is { } port) options.Port = port;
        return options;
    }

    /// <summary>Ends only by failing: a service that simply completes has done its work.</summary>
    private static async Task FailureOfAsync(Task execution)
    {
        await execution;
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        while (_undo.TryPop(out var undo)) await undo();
    }
}
