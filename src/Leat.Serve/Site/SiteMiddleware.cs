using System.Globalization;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Site;

/// <summary>The page: files of the front end, index.html for its own addresses, and a remedy where the front end is not built.</summary>
internal sealed class SiteMiddleware(SiteFiles files)
{
    // Charts and the SQL editor set inline styles; scripts come from files only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return next(http);
        var path = http.Request.Path;
        if (path.StartsWithSegments("/v1") || path.StartsWithSegments("/health")) return next(http);
        var wantsPage = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (files.Find(path) is { } file) return SendAsync(http, file);
        if (!wantsPage && path != "/") return next(http);
        if (files.IsBuilt) return SendAsync(http, files.Find("/")!);
        return wantsPage ? SiteAbsence.WritePageAsync(http, files.Folder) : ProblemWriter.WriteAsync(http, SiteAbsence.Problem(files.Folder));
    }

    private static async Task SendAsync(HttpContext http, FileInfo file)
    {
        var response = http.Response;
        var (chosen, encoding) = SiteFiles.Pick(file, http.Request.Headers.AcceptEncoding.ToString());
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{chosen.LastWriteTimeUtc.Ticks:x}-{chosen.Length:x}\"");
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.CacheControl = IsHashed(http.Request.Path) ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = SiteFiles.TypeOf(file);
        response.ContentLength = chosen.Length;
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        if (HttpMethods.IsGet(http.Request.Method)) await response.SendFileAsync(chosen.FullName, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The bundler puts a hash of the content into every name under /assets/.</summary>
    private static bool IsHashed(PathString path) => path.StartsWithSegments("/assets");
}
