namespace Storefront.Replay;

/// <summary>One record of a file.</summary>
/// <param name="File">File it stands in.</param>
/// <param name="LineNumber">Physical line where it starts, counted from 1; the header is line 1.</param>
/// <param name="Time">Invoice time, UTC.</param>
/// <param name="Row">Values as they came.</param>
/// <param name="Columns">Which value is which.</param>
internal sealed record RetailLine(RetailFile File, long LineNumber, DateTime Time, string[] Row, RetailColumns Columns);
