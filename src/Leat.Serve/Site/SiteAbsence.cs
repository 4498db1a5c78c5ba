using System.Net;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Site;

/// <summary>What the page answers while the front end is not built.</summary>
internal static class SiteAbsence
{
    public static Problem Problem(string? folder) => new(
        503, "LEAT6050", "the front end is not built", folder ?? "server.site_folder is not set", "run `./leat demo` in the repository, or `npm ci && npm run build` in web/; then reload");

    public static async Task WritePageAsync(HttpContext http, string? folder)
    {
        var problem = Problem(folder);
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        await http.Response.WriteAsync(
            $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Leat: {{problem.Code}}</title>
            <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:12vh auto;padding:0 1rem}code{font-size:.95em}</style></head>
            <body><main><h1>{{problem.Code}}: {{problem.What}}</h1>
            <p>Where: <code>{{WebUtility.HtmlEncode(problem.Where)}}</code></p>
            <p>Fix: {{WebUtility.HtmlEncode(problem.Fix)}}</p>
            <p>Everything else works: <a href="/v1/project">/v1/project</a>, <a href="/v1/views">/v1/views</a>, <a href="/v1/streams">/v1/streams</a>, <a href="/openapi.json">/openapi.json</a>.</p></main></body></html>
            """,
            http.RequestAborted).ConfigureAwait(false);
    }
}
