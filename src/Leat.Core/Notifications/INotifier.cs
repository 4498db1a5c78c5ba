namespace Leat.Core;

/// <summary>A channel that tells people something: log, webhook, mail.</summary>
public interface INotifier
{
    /// <summary>Name in settings: "log", "webhook".</summary>
    string Channel { get; }

    /// <summary>Delivers at least once or throws.</summary>
    Task NotifyAsync(Notification notification, CancellationToken ct);
}
