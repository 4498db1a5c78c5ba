namespace Leat.Streams.Tests;

/// <summary>An event as the models see it.</summary>
internal sealed record Click(long Ms, string Campaign, int Cost, string User);
