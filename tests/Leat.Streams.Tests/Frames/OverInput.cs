namespace Leat.Streams.Tests.Frames;

/// <param name="Campaign">Key.</param>
/// <param name="Time">Milliseconds since the tests' zero.</param>
/// <param name="Cost">A value.</param>
/// <param name="User">A text.</param>
/// <param name="Order">Place among the rows that came in time.</param>
internal sealed record OverInput(string Campaign, long Time, decimal Cost, string User, int Order);
