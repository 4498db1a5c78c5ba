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
    /// <summary>Adds <see cref="IEventLog"/>: the Kafka cluster of <see cref="KafkaLogOptions.Bootstrap"/>, else the embedded log in <see cref="LeatProject.LogFolder"/>; opened at its first use.</summary>
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
        services.AddOptions<KafkaLogOptions>().BindConfiguration(KafkaLogOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaLogOptions>, KafkaLogOptionsValidator>());
        services.TryAddSingleton<IEventLog>(p => p.GetRequiredService<IOptions<KafkaLogOptions>>().Value.IsSet ? OpenKafka(p) : p.GetRequiredService<EmbeddedLog>());
        return services;
    }

    /// <summary>In a method of its own, so that nothing of the Kafka client is loaded where no cluster is named.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static KafkaLog OpenKafka(IServiceProvider provider) => KafkaLog.Open(new KafkaLogParts(provider.GetRequiredService<IOptions<KafkaLogOptions>>().Value)
    {
        Time = provider.GetRequiredService<TimeProvider>(),
        Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<KafkaLog>(),
        Secrets = provider.GetService<ISecrets>(),
        Metrics = provider.GetRequiredService<LogMetrics>(),
    });

    private static EmbeddedLog Open(IServiceProvider provider) => EmbeddedLog.Open(provider.GetRequiredService<LeatProject>().LogFolder, new EmbeddedLogParts
    {
        Options = provider.GetRequiredService<IOptions<EmbeddedLogOptions>>().Value,
        Files = provider.GetRequiredService<DurableFiles>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<EmbeddedLog>(),
    });
}
