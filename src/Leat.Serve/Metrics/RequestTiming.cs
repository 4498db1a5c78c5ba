using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Metrics;

/// <summary>Times every request under its route pattern, so that names in paths do not multiply the series.</summary>
internal sealed class RequestTiming(ServeMetrics metrics, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            metrics.Request(http.Request.Method, route, http.Response.StatusCode, time.GetElapsedTime(started));
        }
    }
}
