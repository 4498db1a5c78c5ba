using System.Globalization;
using System.Text.Json;
using Leat.Serve.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Leat.Serve.Problems;

/// <summary>Writes problem details. The response must not have started.</summary>
internal static class ProblemWriter
{
    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(http.Request.Method)) return;
        var json = new Utf8JsonWriter(response.BodyWriter, JsonAnswer.Options);
        await using (json.ConfigureAwait(false))
        {
            Write(json, problem, http.Request.Path);
        }
        await response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, Problem problem, string instance)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:leat:error:{problem.Code}");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(problem.Status));
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.What);
        json.WriteString("instance", instance);
        json.WriteString("code", problem.Code);
        json.WriteString("where", problem.Where);
        json.WriteString("fix", problem.Fix);
        json.WriteEndObject();
    }
}
