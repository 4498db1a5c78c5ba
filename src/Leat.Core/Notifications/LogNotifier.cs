using Microsoft.Extensions.Logging;

namespace Leat.Core;

/// <summary>Channel "log": notifications as log lines, at the level of their severity.</summary>
public sealed partial class LogNotifier(ILogger<LogNotifier> logger) : INotifier
{
    public string Channel => "log";

    public Task NotifyAsync(Notification notification, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var level = notification.Severity switch
        {
            NotificationSeverity.Error => LogLevel.Error,
            NotificationSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        Notified(level, notification.Source, notification.Subject, notification.Body);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 1001, Message = "{Source}: {Subject}\n{Body}")]
    private partial void Notified(LogLevel level, string source, string subject, string body);
}
