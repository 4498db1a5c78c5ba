namespace Leat.Core;

/// <summary>How urgent a notification is.</summary>
public enum NotificationSeverity
{
    Info,
    Warning,
    Error,
}
