using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Sql;

/// <summary>Registers the SQL room.</summary>
public static class SqlServiceCollectionExtensions
{
    /// <summary>One <see cref="SqlEngine"/> (also as <see cref="ISqlEngine"/>) over the project's warehouse and every registered <see cref="ISqlSource"/>. Needs LeatProject.</summary>
    public static IServiceCollection AddLeatSql(this IServiceCollection services, Action<SqlEngineOptions>? configure = null)
    {
        services.AddOptions<SqlEngineOptions>().BindConfiguration(SqlEngineOptions.Section);
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton<SqlEngine>();
        services.TryAddSingleton<ISqlEngine>(provider => provider.GetRequiredService<SqlEngine>());
        return services;
    }
}
