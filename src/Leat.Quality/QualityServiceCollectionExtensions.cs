using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Quality;

/// <summary>Registers contracts and checks.</summary>
public static class QualityServiceCollectionExtensions
{
    /// <summary>Contracts of every registered <see cref="IContractSource"/>, checks of <c>checks/*.yml</c> and the task kind "check". Checks need an <c>ISqlEngine</c> by the time they are used.</summary>
    public static IServiceCollection AddLeatQuality(this IServiceCollection services)
    {
        services.TryAddSingleton<IDatasetContracts, DatasetContracts>();
        services.TryAddSingleton<CheckRunner>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskKind, CheckTaskKind>(provider => new CheckTaskKind(provider.GetRequiredService<CheckRunner>)));
        return services;
    }
}
