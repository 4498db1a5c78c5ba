namespace Leat.Models;

/// <summary>What a materialization did.</summary>
/// <param name="Rows">Rows in the table, or inserted; null for views.</param>
/// <param name="Message">"table, 12 rows".</param>
internal sealed record BuildOutcome(long? Rows, string Message);
