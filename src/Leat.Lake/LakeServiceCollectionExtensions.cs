using Leat.Core;
using Leat.Lake.Scans;
using Leat.Sql;
using Leat.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Leat.Lake;

/// <summary>Registers the lake.</summary>
public static class LakeServiceCollectionExtensions
{
    /// <summary>Adds the project's tables as <see cref="ILakeCatalog"/> and as SQL schema "lake".</summary>
    public static IServiceCollection AddLeatLake(this IServiceCollection services)
    {
        services.AddLeatStorage();
        services.AddOptions<LakeOptions>().BindConfiguration(LakeOptions.Section)
            .Validate(o => o.TargetFileBytes is >= 1 << 20 and <= 4L << 30, "Leat:Lake:TargetFileBytes must be from 1048576 to 4294967296.")
            .Validate(o => o.Compression is "zstd" or "snappy" or "uncompressed", "Leat:Lake:Compression must be zstd, snappy or uncompressed.")
            .ValidateOnStart();
        services.TryAddSingleton(provider => new LakeCatalog(
            provider.GetRequiredService<LeatProject>().LakeFolder, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<LakeOptions>>().Value, provider.GetRequiredService<DurableFiles>()));
        services.TryAddSingleton<ILakeCatalog>(provider => provider.GetRequiredService<LakeCatalog>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISqlSource, LakeSqlSource>());
        return services;
    }
}
