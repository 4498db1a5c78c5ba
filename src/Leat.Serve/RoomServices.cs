using System.Diagnostics.Metrics;
using Leat.Core;
using Leat.Flows;
using Leat.Lake;
using Leat.Log;
using Leat.Serve.Health;
using Leat.Sql;
using Leat.Streams;
using Leat.Streams.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Leat.Serve;

/// <summary>Hands the owner's rooms to the server's own container; as instances, so that the server never disposes them.</summary>
internal static class RoomServices
{
    public static void Forward(IServiceProvider rooms, IServiceCollection services)
    {
        Share<LeatProject>(rooms, services);
        Share<TimeProvider>(rooms, services);
        Share<ILoggerFactory>(rooms, services);
        Share<IMeterFactory>(rooms, services);
        Share<IRunEvents>(rooms, services);
        Share<IDatasetContracts>(rooms, services);
        Share<ITopicRegistry>(rooms, services);
        Share<IEventLog>(rooms, services);
        Share<ILakeCatalog>(rooms, services);
        Share<ISqlEngine>(rooms, services);
        Share<IStreamRuntime>(rooms, services);
        Share<IStreamControl>(rooms, services);
        Share<IStreamInspection>(rooms, services);
        Share<IViewStore>(rooms, services);
        Share<IFlowRuntime>(rooms, services);
        foreach (var check in rooms.GetServices<IReadinessCheck>()) services.AddSingleton(check);
        foreach (var more in rooms.GetServices<ILeatEndpoints>()) services.AddSingleton(more);
    }

    private static void Share<T>(IServiceProvider rooms, IServiceCollection services)
        where T : class
    {
        if (rooms.GetService<T>() is { } room) services.Replace(ServiceDescriptor.Singleton(room));
    }
}
