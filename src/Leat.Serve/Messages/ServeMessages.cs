using Microsoft.Extensions.Logging;

namespace Leat.Serve.Messages;

/// <summary>Log lines of the HTTP face, ids 6000-6099.</summary>
internal static partial class ServeMessages
{
    [LoggerMessage(6001, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(ILogger log, Uri address);

    [LoggerMessage(6002, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger log, string method, string path, Exception error);

    [LoggerMessage(6003, LogLevel.Warning, "{Method} {Path}: the answer was cut, {Code}")]
    public static partial void AnswerCut(ILogger log, string method, string path, string code, Exception error);

    [LoggerMessage(6004, LogLevel.Warning, "figure {Figure} left out of /metrics")]
    public static partial void FigureMissing(ILogger log, string figure, Exception error);
}
