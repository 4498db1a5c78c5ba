namespace Storefront.Simulation;

/// <summary>One event as it is sent.</summary>
/// <param name="Topic">Where to.</param>
/// <param name="At">Event time, UTC.</param>
/// <param name="Json">One JSON object, without newline.</param>
/// <param name="Dirty">Breaks the contract on purpose.</param>
internal sealed record SimulatedEvent(string Topic, DateTime At, byte[] Json, bool Dirty);
