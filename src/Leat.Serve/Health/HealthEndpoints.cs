using Leat.Core;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Health;

/// <summary>Whether the process lives and whether it may be used.</summary>
internal sealed class HealthEndpoints(IEnumerable<IReadinessCheck> checks) : ILeatEndpoints
{
    private readonly IReadinessCheck[] _checks = [.. checks];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", http => JsonAnswer.WriteAsync(http, new ReadyAnswer(true, new Dictionary<string, string>()), ServeJson.Default.ReadyAnswer));
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private async Task ReadyAsync(HttpContext http)
    {
        var answers = new Dictionary<string, string>();
        var reasons = new List<string>();
        foreach (var check in _checks)
        {
            var reason = await ReasonAsync(check, http.RequestAborted).ConfigureAwait(false);
            answers[check.Name] = reason ?? "ok";
            if (reason is not null) reasons.Add($"{check.Name}: {reason}");
        }
        if (reasons.Count > 0)
            throw new ProblemException(new Problem(503, "LEAT6040", string.Join("; ", reasons), "readiness", "wait; when it stays so, see /v1/streams and the server's log", 1));
        await JsonAnswer.WriteAsync(http, new ReadyAnswer(true, answers), ServeJson.Default.ReadyAnswer).ConfigureAwait(false);
    }

    private static async ValueTask<string?> ReasonAsync(IReadinessCheck check, CancellationToken ct)
    {
        try
        {
            return await check.ReasonAsync(ct).ConfigureAwait(false);
        }
        catch (LeatException error)
        {
            return $"{error.Code} {error.What}";
        }
    }
}
