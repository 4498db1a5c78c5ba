namespace Leat.Ingest;

/// <summary>How a topic's records get into the lake.</summary>
/// <param name="Table">Table of the records.</param>
/// <param name="QuarantineTable">Table of the records that broke the contract.</param>
/// <param name="Every">Longest time between two landings while records arrive.</param>
/// <param name="MaxBytes">Size of records that is landed at once; bounds the memory.</param>
public sealed record LandingDefinition(string Table, string QuarantineTable, TimeSpan Every, long MaxBytes);
