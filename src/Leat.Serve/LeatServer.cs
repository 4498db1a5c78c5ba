using System.Net;
using System.Net.Sockets;
using Leat.Core;
using Leat.Serve.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Leat.Serve;

/// <summary>The running HTTP face.</summary>
public sealed class LeatServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LeatServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server over the rooms that <paramref name="rooms"/> has; a room that is absent answers 404 with LEAT6032. The rooms stay the caller's.</summary>
    /// <exception cref="LeatException">LEAT6001 not a loopback address; LEAT6002 port busy; LEAT6003 a setting out of range; LEAT6004 the system refuses the address.</exception>
    public static async Task<LeatServer> StartAsync(IServiceProvider rooms, ServerOptions options, CancellationToken ct)
    {
        var address = options.Validate();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        RoomServices.Forward(rooms, builder.Services);
        builder.Services.AddLeatServe(options);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, new IPEndPoint(address, options.Port)));
        var app = builder.Build();
        app.MapLeat();
        return await StartAsync(app, options, ct).ConfigureAwait(false);
    }

    /// <summary>Ends live connections and open requests (at most 5 s), then stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<LeatServer> StartAsync(WebApplication app, ServerOptions options, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct).ConfigureAwait(false);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw PortBusy(options, error);
        }
        catch (SocketException error)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw Refused(options, error);
        }
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var server = new LeatServer(app, new Uri(bound));
        ServeMessages.Listening(app.Services.GetRequiredService<ILogger<LeatServer>>(), server.Address);
        return server;
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint endpoint)
    {
        kestrel.AddServerHeader = false;
        // The collector and the SQL face count bodies themselves, so that an oversize body gets a problem and not a cut connection.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static LeatException PortBusy(ServerOptions options, Exception cause) => new(
        "LEAT6002", $"port {options.Port} is used by another program", $"server.port ({options.Host}:{options.Port})",
        $"stop that program (ss -ltnp 'sport = :{options.Port}' names it), or choose another port: --port {options.Port + 1}, or --port 0 for any free one", Fault.User, Retry.WithBackoff, cause);

    private static LeatException Refused(ServerOptions options, SocketException cause) => new(
        "LEAT6004", $"the system refuses to listen on {options.Host}:{options.Port}: {cause.SocketErrorCode}", "server.host, server.port",
        "ports below 1024 need privileges; use 4310", Fault.External, Retry.Never, cause);

    /// <summary>The owner decides when the server ends; signals are not its business.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
