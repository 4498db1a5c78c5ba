using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Storage;
using Leat.Streams.Execution;
using Leat.Streams.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Leat.Streams;

/// <summary>Registers Leat.Streams.</summary>
public static class StreamsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IStreamRuntime"/>, which runs all jobs added by <see cref="AddStream{TJob}"/>, <see cref="IStreamControl"/>, <see cref="IStreamInspection"/> and <see cref="IViewStore"/>. Uses <see cref="ILakeCatalog"/> when it is registered.</summary>
    public static IServiceCollection AddLeatStreams(this IServiceCollection services, Action<StreamOptions>? configure = null)
    {
        services.AddLeatLog();
        services.TryAddSingleton(TimeProvider.System);
        var options = services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section);
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton<ViewStore>();
        services.TryAddSingleton<IViewStore>(p => p.GetRequiredService<ViewStore>());
        services.TryAddSingleton(p => new StreamRuntime(p.GetServices<StreamJob>(), Parts(p), p.GetRequiredService<ViewStore>()));
        services.TryAddSingleton<IStreamRuntime>(p => p.GetRequiredService<StreamRuntime>());
        services.TryAddSingleton<IStreamControl>(p => p.GetRequiredService<StreamRuntime>());
        services.TryAddSingleton<IStreamInspection>(p => p.GetRequiredService<StreamRuntime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StreamRuntime>(p => p.GetRequiredService<StreamRuntime>()));
        return services;
    }

    /// <summary>Adds a job of the project.</summary>
    public static IServiceCollection AddStream<TJob>(this IServiceCollection services)
        where TJob : StreamJob
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<StreamJob, TJob>());
        return services;
    }

    private static RunParts Parts(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StreamOptions>>().Value;
        options.Check();
        return new RunParts(provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<LeatProject>(), options)
        {
            Lake = provider.GetService<ILakeCatalog>(),
            Secrets = provider.GetService<ISecrets>(),
            Files = provider.GetRequiredService<DurableFiles>(),
            Time = provider.GetRequiredService<TimeProvider>(),
            Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<StreamRuntime>(),
        };
    }
}
