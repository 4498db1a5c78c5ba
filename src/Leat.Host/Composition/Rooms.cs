using Leat.Core;
using Leat.Flows;
using Leat.Ingest;
using Leat.Lake;
using Leat.Log;
using Leat.Models;
using Leat.Quality;
using Leat.Sql;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Composition;

/// <summary>All rooms of the house, composed for one project.</summary>
internal static class Rooms
{
    /// <summary>Registers every room and what the project adds.</summary>
    public static void AddAll(IServiceCollection services, LoadedProject loaded, LeatAppBuilder app)
    {
        services.AddLeatCore(loaded.Project, loaded.Configuration);
        services.AddLeatLog();
        services.AddLeatSql();
        services.AddLeatLake();
        services.AddLeatQuality();
        services.AddLeatIngest();
        services.AddLeatStreams();
        services.AddLeatModels();
        services.AddLeatFlows();
        services.AddSingleton<ISqlSource, ViewSource>();
        app.Apply(services);
    }

    /// <summary>Makes the tables that the project's sources declare, so that SQL and models find them before anything has landed.</summary>
    public static Task PrepareTablesAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<TopicLanding>().CreateTablesAsync(ct);

    /// <summary>Makes what the project declares and its services expect: tables and topics.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await PrepareTablesAsync(services, ct);
        await services.GetRequiredService<IIngestCatalog>().CreateTopicsAsync(ct);
    }
}
