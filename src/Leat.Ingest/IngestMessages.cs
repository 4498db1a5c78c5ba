using Microsoft.Extensions.Logging;

namespace Leat.Ingest;

/// <summary>Log messages of the room, ids 3200 to 3299.</summary>
internal static partial class IngestMessages
{
    [LoggerMessage(3201, LogLevel.Warning, "landing of source '{Source}' failed and is tried again at its next interval")]
    public static partial void LandingDelayed(ILogger logger, string source, Exception failure);

    [LoggerMessage(3202, LogLevel.Error, "landing of source '{Source}' failed and is stopped until the process starts again; records stay in the topic")]
    public static partial void LandingStopped(ILogger logger, string source, Exception failure);
}
