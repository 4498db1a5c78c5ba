using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Storage;

/// <summary>Registers Leat.Storage.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>Adds <see cref="DurableFiles"/>. Object stores belong to the rooms that know their folder.</summary>
    public static IServiceCollection AddLeatStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new DurableFiles());
        return services;
    }
}
