namespace Storefront.Simulation;

/// <summary>What every event has.</summary>
/// <param name="Id">Event id, unique but for duplicates.</param>
/// <param name="At">Event time, UTC.</param>
/// <param name="Customer">Who did it.</param>
internal readonly record struct EventHead(string Id, DateTime At, Customer Customer);
