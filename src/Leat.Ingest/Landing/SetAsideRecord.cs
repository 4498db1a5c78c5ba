namespace Leat.Ingest.Landing;

/// <summary>A record that cannot be a row, kept until it is in the dead letters.</summary>
internal sealed record SetAsideRecord(int Partition, long Offset, long TimestampMs, byte[] Value, string Reason);
