namespace Leat.Serve.Collector;

/// <summary>Answer of <c>POST /v1/events/{topic}</c>.</summary>
/// <param name="Accepted">Events stored in the topic.</param>
/// <param name="Quarantined">Events stored in the dead-letter topic.</param>
/// <param name="Rejected">Events not stored.</param>
/// <param name="Duplicate">The idempotency key was known: everything had been stored before.</param>
/// <param name="Errors">The first 100 events that were not accepted.</param>
internal sealed record CollectAnswer(long Accepted, long Quarantined, long Rejected, bool Duplicate, IReadOnlyList<CollectError> Errors);
