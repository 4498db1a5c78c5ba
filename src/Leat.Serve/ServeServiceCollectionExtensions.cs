using Leat.Serve.Answers;
using Leat.Serve.Catalog;
using Leat.Serve.Collector;
using Leat.Serve.Flows;
using Leat.Serve.Health;
using Leat.Serve.Lake;
using Leat.Serve.Metrics;
using Leat.Serve.OpenApi;
using Leat.Serve.Problems;
using Leat.Serve.Runs;
using Leat.Serve.Site;
using Leat.Serve.Sql;
using Leat.Serve.Streams;
using Leat.Serve.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Serve;

/// <summary>Registers the HTTP face.</summary>
public static class ServeServiceCollectionExtensions
{
    /// <summary>Adds everything that <c>MapLeat</c> maps. Rooms that are registered are served; absent ones answer 404 with LEAT6032.</summary>
    public static IServiceCollection AddLeatServe(this IServiceCollection services, ServerOptions options)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddRoutingCore();
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServeMetrics>();
        services.TryAddSingleton<MeterTable>();
        services.TryAddSingleton<LiveAnswer>();
        services.TryAddSingleton<CollectorGate>();
        services.TryAddSingleton<CollectorTopics>();
        services.TryAddSingleton<CollectorLedger>();
        services.TryAddSingleton<CollectorClock>();
        services.TryAddSingleton(new SiteFiles(options.SiteFolder));
        services.TryAddSingleton<SiteMiddleware>();
        services.TryAddSingleton<RequestTiming>();
        services.TryAddSingleton<ProblemMiddleware>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReadinessCheck, LogReadiness>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReadinessCheck, StreamReadiness>());
        return services.AddEndpoints();
    }

    private static IServiceCollection AddEndpoints(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, CollectorEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, ViewEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, SqlEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, StreamEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, StreamControlEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, LakeEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, FlowEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, RunEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, CatalogEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, ProjectEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, HealthEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, MetricsEndpoints>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeatEndpoints, OpenApiEndpoints>());
        return services;
    }
}
