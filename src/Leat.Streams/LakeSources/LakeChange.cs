namespace Leat.Streams;

/// <summary>A row of a lake table with what happened to it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Type">What happened.</param>
/// <param name="Version">Version of the table that did it; of rows that were there at the start, the version read first.</param>
/// <param name="CommittedAt">When the version was committed, UTC, as its writer noted it.</param>
public readonly record struct LakeChange<T>(T Row, LakeChangeType Type, long Version, DateTime CommittedAt);
