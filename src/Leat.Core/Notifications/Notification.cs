namespace Leat.Core;

/// <summary>Something people should know.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">What happened, where, what to do.</param>
/// <param name="Source">Flow, job, check or room it comes from.</param>
/// <param name="At">When it happened.</param>
public sealed record Notification(NotificationSeverity Severity, string Subject, string Body, string Source, DateTimeOffset At);
