using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Models;

/// <summary>Registers SQL models.</summary>
public static class ModelsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ModelsRunner"/> and the task kind "models". Needs <see cref="LeatProject"/>, the SQL engine and run events.</summary>
    public static IServiceCollection AddLeatModels(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelsRunner>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskKind, ModelsTaskKind>());
        return services;
    }
}
