using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Leat.Host.Composition;

/// <summary>The rooms of one project, composed but not started: what a single verb works with.</summary>
internal sealed class LeatRuntime : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private LeatRuntime(LeatProject project, ServiceProvider provider)
    {
        Project = project;
        _provider = provider;
    }

    public LeatProject Project { get; }

    public IServiceProvider Services => _provider;

    /// <summary>Reads the project a command line is about.</summary>
    public static LoadedProject Load(string? folder, string? target, string workingFolder) => ProjectLoader.Load(Path.GetFullPath(folder ?? ".", workingFolder), target);

    /// <summary>Composes the rooms for a single verb; warnings and errors go to <paramref name="talk"/>.</summary>
    public static LeatRuntime Compose(LoadedProject loaded, LeatAppBuilder app, TextWriter talk)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new TalkLoggerProvider(talk)));
        Rooms.AddAll(services, loaded, app);
        return new LeatRuntime(loaded.Project, services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
