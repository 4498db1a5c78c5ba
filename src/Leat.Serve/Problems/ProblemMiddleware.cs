using Leat.Serve.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Leat.Serve.Problems;

/// <summary>Turns exceptions and bare error statuses into problem details.</summary>
internal sealed class ProblemMiddleware(EndpointDataSource endpoints, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            await AnswerAsync(http, error).ConfigureAwait(false);
            return;
        }
        if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null)
            await ProblemWriter.WriteAsync(http, Bare(http)).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, Exception error)
    {
        var problem = ProblemMap.From(error);
        if (problem.Status == StatusCodes.Status500InternalServerError) ServeMessages.RequestFailed(log, http.Request.Method, http.Request.Path, error);
        if (http.Response.HasStarted)
        {
            ServeMessages.AnswerCut(log, http.Request.Method, http.Request.Path, problem.Code, error);
            http.Abort();
            return;
        }
        http.Response.Clear();
        await ProblemWriter.WriteAsync(http, problem).ConfigureAwait(false);
    }

    private Problem Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => NoRoute(http),
        StatusCodes.Status405MethodNotAllowed => new Problem(
            405, "LEAT6015", $"{http.Request.Method} is not possible here; allowed: {http.Response.Headers.Allow}", http.Request.Path, "use an allowed method; /openapi.json lists them"),
        var status => new Problem(status, "LEAT6016", $"the server answered {status}", http.Request.Path, "see /openapi.json for what this address takes"),
    };

    private Problem NoRoute(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var known = endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "").Where(p => p.Length > 0);
        var fix = Leat.Core.Nearest.To(path, known) is { } near ? $"did you mean {near}? /openapi.json lists all addresses" : "/openapi.json lists all addresses";
        return new Problem(404, "LEAT6014", $"there is nothing at {path}", path, fix);
    }
}
