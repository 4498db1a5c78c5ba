namespace Leat.Serve.Collector;

/// <summary>Why an event was not accepted.</summary>
/// <param name="Line">Line of the body, or element of the array, counted from 1.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Field">Offending field; empty for the event as a whole.</param>
internal sealed record CollectError(long Line, string Code, string Reason, string Field);
