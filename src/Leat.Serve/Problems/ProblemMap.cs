using Leat.Core;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Problems;

/// <summary>Which status an error of a room gets.</summary>
internal static class ProblemMap
{
    public static Problem From(Exception error) => error switch
    {
        ProblemException known => known.Problem,
        LeatException leat => From(leat),
        BadHttpRequestException bad when bad.StatusCode == StatusCodes.Status413PayloadTooLarge =>
            new Problem(bad.StatusCode, "LEAT6018", "the request body is larger than the server takes", "request body", "send smaller bodies"),
        BadHttpRequestException bad => new Problem(bad.StatusCode, "LEAT6019", $"the request is not valid HTTP: {bad.Message}", "request", "correct the client"),
        _ => new Problem(
            StatusCodes.Status500InternalServerError, "LEAT6017", "something inside Leat went wrong; this is a bug in Leat", "server", "see the server's log for the cause and report it"),
    };

    private static Problem From(LeatException leat)
    {
        var status = StatusOf(leat);
        var message = leat.Fault == Fault.Internal ? $"{leat.What} (this is a bug in Leat, please report it)" : leat.What;
        return new Problem(status, leat.Code, message, leat.Where, leat.Todo, leat.Retry == Retry.WithBackoff ? RetryAfter(status) : null);
    }

    private static int StatusOf(LeatException leat) => leat.Code switch
    {
        "LEAT2001" => StatusCodes.Status404NotFound,
        "LEAT2010" => StatusCodes.Status507InsufficientStorage,
        "LEAT2011" => StatusCodes.Status503ServiceUnavailable,
        "LEAT2012" => StatusCodes.Status413PayloadTooLarge,
        "LEAT2131" or "LEAT2132" or "LEAT2135" or "LEAT2136" or "LEAT2137" or "LEAT2138" or "LEAT2144" => StatusCodes.Status409Conflict,
        "LEAT1503" => StatusCodes.Status403Forbidden,
        _ => leat.Fault switch
        {
            Fault.Internal => StatusCodes.Status500InternalServerError,
            Fault.External => StatusCodes.Status503ServiceUnavailable,
            _ => leat.Retry == Retry.WithBackoff ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest,
        },
    };

    private static int RetryAfter(int status) => status == StatusCodes.Status507InsufficientStorage ? 30 : 5;
}
