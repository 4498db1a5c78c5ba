namespace Leat.Streams.Testing;

/// <summary>A record of a topic that the job writes, late and dead-letter topics among them.</summary>
/// <param name="Value">Original bytes as text.</param>
/// <param name="Source">topic[partition]@offset it came from; empty for rows.</param>
/// <param name="Code">Code of a dead letter; empty for others.</param>
/// <param name="Reason">Reason of a dead letter; empty for others.</param>
public sealed record StreamTestRecord(string Value, string Source, string Code, string Reason);
