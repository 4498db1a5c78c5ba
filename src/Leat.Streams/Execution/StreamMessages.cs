using Microsoft.Extensions.Logging;

namespace Leat.Streams.Execution;

/// <summary>Log lines of the room, ids 2100 to 2199.</summary>
internal static partial class StreamMessages
{
    [LoggerMessage(2101, LogLevel.Warning, "{Place} cannot take rows for now, next try in {Pause}: {Code}: {What}")]
    public static partial void SinkAway(this ILogger logger, string place, string code, string what, TimeSpan pause);
}
