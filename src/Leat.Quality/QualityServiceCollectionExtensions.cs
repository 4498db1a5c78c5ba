using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Quality;

/// <summary>Registers contracts and checks.</summary>
public static class QualityServiceCollectionExtensions
{
    /// <summary>Contracts of every registered <see cref="IContractSource"/>.</summary>
    public static IServiceCollection AddLeatQuality(this IServiceCollection services)
    {
        services.TryAddSingleton<IDatasetContracts, DatasetContracts>();
        return services;
    }
}
