using System.Globalization;
using System.Text.Json.Nodes;
using Leat.Sql;

namespace Storefront.Demo;

/// <summary>What a replay led to, read back from the lake and the warehouse.</summary>
/// <param name="RowsRead">Records in the files.</param>
/// <param name="RowsRaw">Rows that landed in the lake.</param>
/// <param name="RowsQuarantined">Rows that break the contract of sources/sales.yml.</param>
/// <param name="Lines">Figures over all rows, raw and quarantined.</param>
/// <param name="StreamEqualsBatch">Every window of the stream equals the batch models, exactly.</param>
internal sealed record ReplaySummary(long RowsRead, long RowsRaw, long RowsQuarantined, LineFigures Lines, bool StreamEqualsBatch)
{
    /// <summary>Nothing is missing and stream and batch agree.</summary>
    public bool IsConsistent => RowsRaw + RowsQuarantined == RowsRead && StreamEqualsBatch;

    public static async Task<ReplaySummary> ReadAsync(ISqlSession session, long rowsRead, CancellationToken ct)
    {
        var raw = await session.ScalarAsync<long>("select count(*) from lake.raw.sales", ct);
        var quarantined = await session.ScalarAsync<long>("select count(*) from lake.raw.sales_quarantine where starts_with(code, 'LEAT13')", ct);
        var lines = await LineFigures.ReadAsync(session, ct);
        var differences = await new StreamBatchComparison(session).CountDifferencesAsync(ct);
        return new ReplaySummary(rowsRead, raw, quarantined, lines, differences == 0);
    }

    public JsonObject ToJson(double seconds) => new()
    {
        ["rows_read"] = RowsRead,
        ["rows_raw"] = RowsRaw,
        ["rows_quarantined"] = RowsQuarantined,
        ["duplicates"] = Lines.Duplicates,
        ["cancellations"] = Lines.Cancellations,
        ["null_customers"] = Lines.NullCustomers,
        ["invoices"] = Lines.Invoices,
        ["gross_sum"] = Lines.GrossSum.ToString(CultureInfo.InvariantCulture),
        ["stream_equals_batch"] = StreamEqualsBatch,
        ["seconds"] = Math.Round(seconds, 3),
    };
}
