using Leat.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Leat.Flows;

/// <summary>Registers flows.</summary>
public static class FlowsServiceCollectionExtensions
{
    /// <summary><see cref="IFlowRuntime"/>, the kind "shell", and the scheduler, which ticks once the host is started. Needs AddLeatCore and logging.</summary>
    public static IServiceCollection AddLeatFlows(this IServiceCollection services, Action<FlowOptions>? configure = null)
    {
        services.AddOptions<FlowOptions>().BindConfiguration(FlowOptions.Section)
            .Validate(options => options.MaxParallelTasks is >= 1 and <= 10_000, "Leat:Flows:MaxParallelTasks must be between 1 and 10000.")
            .Validate(options => options.MaxQueuedRuns is >= 1 and <= 10_000, "Leat:Flows:MaxQueuedRuns must be between 1 and 10000.")
            .Validate(options => options.KeepRuns >= 1, "Leat:Flows:KeepRuns must be 1 or more.")
            .ValidateOnStart();
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton<FlowCatalog>();
        services.TryAddSingleton<RunReporter>();
        services.TryAddSingleton<FlowRuntime>();
        services.TryAddSingleton<IFlowRuntime>(provider => provider.GetRequiredService<FlowRuntime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskKind, ShellTaskKind>());
        services.AddHostedService<FlowScheduler>();
        return services;
    }

    /// <summary>Adds a flow written in C#.</summary>
    public static IServiceCollection AddFlow<T>(this IServiceCollection services)
        where T : Flow
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Flow, T>());
        return services;
    }
}
