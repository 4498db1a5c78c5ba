using Leat.Core;

namespace Storefront.Streams;

/// <summary>The fields of a sale line that the jobs read; topic "sales".</summary>
internal readonly record struct SaleLine(Text InvoiceNo, Text StockCode, Text? Description, int Quantity, decimal UnitPrice, DateTime InvoiceDate, Text Country)
{
    /// <summary>Pounds, exact.</summary>
    public decimal Amount => Quantity * UnitPrice;
}
