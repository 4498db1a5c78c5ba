namespace Storefront.Simulation;

/// <summary>Someone who may buy.</summary>
internal sealed record Customer(string Id, string Country);
