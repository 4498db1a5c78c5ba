using Leat.Core;

namespace Storefront.Replay;

/// <summary>Where the eight columns of an invoice line stand in a file.</summary>
internal sealed class RetailColumns
{
    /// <summary>Header names and the event's member names, in order.</summary>
    public static readonly (string Header, string Member)[] Names =
    [
        ("InvoiceNo", "invoice_no"), ("StockCode", "stock_code"), ("Description", "description"), ("Quantity", "quantity"),
        ("InvoiceDate", "invoice_date"), ("UnitPrice", "unit_price"), ("CustomerID", "customer_id"), ("Country", "country"),
    ];

    private const int DateColumn = 4;
    private readonly int[] _positions;

    private RetailColumns(int[] positions) => _positions = positions;

    /// <summary>Columns a full row has.</summary>
    public int Width { get; private init; }

    /// <summary>Reads the header of a file; the order of columns is free.</summary>
    /// <exception cref="LeatException">LEAT8001 a column is missing.</exception>
    public static RetailColumns FromHeader(string file, string[] header)
    {
        var positions = Names.Select(n => Array.FindIndex(header, h => string.Equals(h.Trim(), n.Header, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (Array.IndexOf(positions, -1) is >= 0 and var missing)
        {
            throw new LeatException("LEAT8001", $"column '{Names[missing].Header}' is not in the header; columns are {string.Join(", ", header)}", $"{file}:1",
                $"give the file a header with {string.Join(",", Names.Select(n => n.Header))}, or leave it out of --data");
        }
        return new RetailColumns(positions) { Width = header.Length };
    }

    /// <summary>Value of column <paramref name="index"/> of <see cref="Names"/>; null when the row is too short or the value is empty.</summary>
    public string? Value(string[] row, int index) => _positions[index] is var at && at < row.Length && row[at].Length > 0 ? row[at] : null;

    /// <summary>Time of the line, or null when it cannot be read.</summary>
    public DateTime? Time(string[] row) =>
        DateTime.TryParse(Value(row, DateColumn), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
