using System.Globalization;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Guards;

/// <summary>
/// Keeps foreign web pages out of a server without login: the Host header must name this machine and port (DNS rebinding), an Origin must be this server's own,
/// and whatever changes state must declare a JSON body (which no foreign page can send without asking first).
/// </summary>
internal static class LoopbackGuard
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var port = http.Connection.LocalPort;
        var request = http.Request;
        if (!IsOwn(request.Host.Value ?? "", port)) throw new ProblemException(WrongHost(request.Host.Value, port));
        if (request.Headers.Origin.Count > 0 && !IsOwnOrigin(request.Headers.Origin.ToString(), port)) throw new ProblemException(WrongOrigin(port));
        if (IsChanging(request.Method) && !IsJson(request.ContentType)) throw new ProblemException(WrongType(request.ContentType));
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(http);
    }

    /// <summary>Whether <paramref name="host"/> (name and port) is this machine and <paramref name="port"/>; port 80 may be left out.</summary>
    public static bool IsOwn(string host, int port)
    {
        foreach (var name in Names)
        {
            if (!host.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = host.AsSpan(name.Length);
            if (rest.IsEmpty) return port == 80;
            return rest[0] == ':' && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given == port;
        }
        return false;
    }

    private static bool IsOwnOrigin(string origin, int port) =>
        origin.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && IsOwn(origin["http://".Length..], port);

    private static bool IsChanging(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool IsJson(string? contentType)
    {
        if (contentType is null) return false;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase);
    }

    private static Problem WrongHost(string? host, int port) => new(
        403, "LEAT6010", $"the Host header '{host}' is not this server", "header Host", $"call http://127.0.0.1:{port} or http://localhost:{port}");

    private static Problem WrongOrigin(int port) => new(
        403, "LEAT6011", "requests of other web pages are not taken", "header Origin", $"open the page at http://127.0.0.1:{port}, or send the request without Origin");

    private static Problem WrongType(string? type) => new(
        415, "LEAT6012", type is null ? "the body's type is not declared" : $"a body of type '{type}' is not taken here", "header Content-Type",
        "send Content-Type: application/json, or application/x-ndjson for one JSON object a line");
}
