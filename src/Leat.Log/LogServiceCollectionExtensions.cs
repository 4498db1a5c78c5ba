using Leat.Core;
using Leat.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Leat.Log;

/// <summary>Registers Leat.Log.</summary>
public static class LogServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IEventLog"/>: the embedded log in <see cref="LeatProject.LogFolder"/>, opened at its first use.</summary>
    public static IServiceCollection AddLeatLog(this IServiceCollection services, Action<EmbeddedLogOptions>? configure = null)
    {
        services.AddLeatStorage();
        services.TryAddSingleton(TimeProvider.System);
        var options = services.AddOptions<EmbeddedLogOptions>().BindConfiguration(EmbeddedLogOptions.Section);
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddedLogOptions>, EmbeddedLogOptionsValidator>());
        options.ValidateOnStart();
        services.AddOptions<KafkaPortOptions>().BindConfiguration(KafkaPortOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaPortOptions>, KafkaPortOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton<LogMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KafkaPortService>());
        services.TryAddSingleton(Open);
        services.TryAddSingleton<IEventLog>(p => p.GetRequiredService<EmbeddedLog>());
        return services;
    }

    private static EmbeddedLog Open(IServiceProvider provider) => EmbeddedLog.Open(provider.GetRequiredService<LeatProject>().LogFolder, new EmbeddedLogParts
    {
        Options = provider.GetRequiredService<IOptions<EmbeddedLogOptions>>().Value,
        Files = provider.GetRequiredService<DurableFiles>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<EmbeddedLog>(),
    });
}
