using Leat.Serve.Guards;
using Leat.Serve.Metrics;
using Leat.Serve.Problems;
using Leat.Serve.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve;

/// <summary>Puts the HTTP face into an application.</summary>
public static class ServeApplicationExtensions
{
    /// <summary>Guards, problem details, the routes of every <see cref="ILeatEndpoints"/> and the page. The application must listen on loopback only.</summary>
    public static WebApplication MapLeat(this WebApplication app)
    {
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<RequestTiming>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<ProblemMiddleware>().InvokeAsync);
        app.Use(LoopbackGuard.InvokeAsync);
        app.Use(app.Services.GetRequiredService<SiteMiddleware>().InvokeAsync);
        foreach (var feature in app.Services.GetServices<ILeatEndpoints>()) feature.Map(app);
        return app;
    }
}
