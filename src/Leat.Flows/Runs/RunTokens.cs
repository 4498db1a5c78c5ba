namespace Leat.Flows;

/// <summary>Two ways a run ends early.</summary>
/// <param name="Cancelled">Somebody asked for it: the run is recorded as cancelled.</param>
/// <param name="Stopping">The process stops: the run stays as it is and is adopted later.</param>
/// <param name="Either">Either of them.</param>
internal readonly record struct RunTokens(CancellationToken Cancelled, CancellationToken Stopping, CancellationToken Either);
