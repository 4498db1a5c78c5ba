namespace Leat.Bench.Ysb.State;

/// <summary>A row for one of many keys.</summary>
/// <param name="Key">16 bytes.</param>
/// <param name="Due">Timestamp of when the row had to come; 0 = as fast as possible.</param>
/// <param name="Milliseconds">Event time since 1970.</param>
internal readonly record struct Touch((long High, long Low) Key, long Due, long Milliseconds);
