using Leat.Core;
using Leat.Ingest.Files;
using Leat.Ingest.Landing;
using Leat.Ingest.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Leat.Ingest;

/// <summary>Registers ingestion.</summary>
public static class IngestServiceCollectionExtensions
{
    /// <summary>Adds the project's sources, their topics and contracts, the landing in the background, and the task kind "ingest". Needs the log and the lake.</summary>
    public static IServiceCollection AddLeatIngest(this IServiceCollection services)
    {
        services.TryAddSingleton<IngestCatalog>();
        services.TryAddSingleton<IIngestCatalog>(provider => provider.GetRequiredService<IngestCatalog>());
        services.TryAddSingleton<ITopicRegistry>(provider => provider.GetRequiredService<IngestCatalog>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContractSource, IngestCatalog>(provider => provider.GetRequiredService<IngestCatalog>()));
        services.TryAddSingleton<LandingEnds>();
        services.TryAddSingleton<TopicLanding>();
        services.TryAddSingleton<FileLoad>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TopicLanding>(provider => provider.GetRequiredService<TopicLanding>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskKind, IngestTask>());
        return services;
    }
}
