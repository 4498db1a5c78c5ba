namespace Leat.Core;

/// <summary>What runs in Leat, told to whoever listens: catalog, lineage, alerts, page.</summary>
public interface IRunEvents
{
    /// <summary>Tells listeners; never blocks and never throws for a slow listener.</summary>
    void Publish(RunEvent runEvent);

    /// <summary>Events from now on; a listener that falls behind by more than 1,024 events loses the oldest and is told by a gap in <see cref="RunEvent.Sequence"/>.</summary>
    IAsyncEnumerable<RunEvent> SubscribeAsync(CancellationToken ct);

    /// <summary>The most recent events, oldest first, at most 1,024.</summary>
    IReadOnlyList<RunEvent> Recent { get; }
}
