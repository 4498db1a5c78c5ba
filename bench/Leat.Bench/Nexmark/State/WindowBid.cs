namespace Leat.Bench.Nexmark;

/// <summary>A bid beside the end of a window.</summary>
/// <param name="End">Of the window.</param>
/// <param name="Event">The bid.</param>
/// <param name="IsInside">It counts for the window's highest price; else it only may have it.</param>
internal readonly record struct WindowBid(DateTime End, NexmarkEvent Event, bool IsInside);
