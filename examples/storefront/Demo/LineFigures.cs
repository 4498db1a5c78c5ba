using Leat.Core;
using Leat.Sql;

namespace Storefront.Demo;

/// <summary>Figures over all invoice lines, raw and quarantined, from their text as it came.</summary>
/// <param name="Duplicates">Lines that are equal in all eight columns to one before.</param>
/// <param name="Cancellations">Lines whose invoice number starts with C.</param>
/// <param name="NullCustomers">Lines without customer.</param>
/// <param name="Invoices">Distinct invoice numbers.</param>
/// <param name="GrossSum">Quantity x price over all lines where both can be read; exact, at the scale of the prices.</param>
internal sealed record LineFigures(long Duplicates, long Cancellations, long NullCustomers, long Invoices, decimal GrossSum)
{
    private const string Columns = "invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country";

    private static readonly string Query = $"""
        with lines as (
            select {Columns} from lake.raw.sales
            union all
            select {string.Join(", ", Columns.Split(", ").Select(c => $"json_extract_string(payload, '$.{c}') as {c}"))} from lake.raw.sales_quarantine where starts_with(code, 'LEAT13')
        )
        select
            count(*) - (select count(*) from (select distinct {Columns} from lines)) as duplicates,
            count(*) filter (where starts_with(invoice_no, 'C')) as cancellations,
            count(*) filter (where customer_id is null) as null_customers,
            count(distinct invoice_no) as invoices,
            cast(coalesce(sum(try_cast(quantity as decimal(14, 0)) * try_cast(unit_price as decimal(24, 6))), 0) as decimal(28, 6)) as gross_sum,
            coalesce(max(length(split_part(unit_price, '.', 2))), 0) as scale
        from lines
        """;

    public static async Task<LineFigures> ReadAsync(ISqlSession session, CancellationToken ct)
    {
        var row = await session.SingleRowAsync(Query, ct);
        var scale = (int)Math.Min(Convert.ToInt64(row[5], System.Globalization.CultureInfo.InvariantCulture), 6);
        var sum = decimal.Round((decimal)row[4]!, scale);
        return new LineFigures((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, sum);
    }
}
