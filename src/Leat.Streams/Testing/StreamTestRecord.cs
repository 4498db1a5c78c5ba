namespace Leat.Streams.Testing;

/// <summary>A record of a late or dead-letter topic.</summary>
/// <param name="Value">Original bytes as text.</param>
/// <param name="Source">topic[partition]@offset it came from.</param>
/// <param name="Code">Code of a dead letter; empty for late records.</param>
/// <param name="Reason">Reason of a dead letter; empty for late records.</param>
public sealed record StreamTestRecord(string Value, string Source, string Code, string Reason);
