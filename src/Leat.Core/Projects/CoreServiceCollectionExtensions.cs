using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Core;

/// <summary>Registers the shared joints.</summary>
public static class CoreServiceCollectionExtensions
{
    /// <summary>Project, settings, clock, metadata store, run events, secrets and the "log" notifier; each can be replaced by registering it before.</summary>
    public static IServiceCollection AddLeatCore(this IServiceCollection services, LeatProject project, IConfiguration configuration)
    {
        services.TryAddSingleton(project);
        services.TryAddSingleton(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMetaStore>(provider => new SqliteMetaStore(provider.GetRequiredService<LeatProject>().MetaFile));
        services.TryAddSingleton<IRunEvents, RunEvents>();
        services.TryAddSingleton<ISecrets>(provider => new EnvironmentSecrets(provider.GetRequiredService<LeatProject>().Root));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, LogNotifier>());
        return services;
    }
}
