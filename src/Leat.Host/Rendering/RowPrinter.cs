using System.Text;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Sql;

namespace Leat.Host.Rendering;

/// <summary>Prints the rows of a query: a table for people (first 1,000 rows), CSV or JSON for programs (all rows, streamed).</summary>
internal static class RowPrinter
{
    private const int TableRows = 1000;
    private const int CellWidth = 60;

    /// <summary>Rows printed or, for a table, counted.</summary>
    public static Task<long> PrintAsync(SqlResult result, RowFormat format, TextWriter output, CancellationToken ct) => format switch
    {
        RowFormat.Csv => PrintCsvAsync(result, output, ct),
        RowFormat.Json => PrintJsonAsync(result, output, ct),
        _ => PrintTableAsync(result, output, ct),
    };

    private static async Task<long> PrintCsvAsync(SqlResult result, TextWriter output, CancellationToken ct)
    {
        output.WriteLine(string.Join(',', result.Schema.Select(f => CsvCell(f.Name))));
        return await ForEachRowAsync(result, row => output.WriteLine(string.Join(',', row.Select(v => CsvCell(ValueText.Of(v))))), ct);
    }

    private static async Task<long> PrintJsonAsync(SqlResult result, TextWriter output, CancellationToken ct)
    {
        var separator = "[";
        var rows = await ForEachRowAsync(
            result,
            row =>
            {
                output.Write(separator);
                output.Write(new JsonObject(result.Schema.Zip(row, (field, value) => KeyValuePair.Create(field.Name, ValueText.Json(value)))).ToJsonString());
                separator = ",\n";
            },
            ct);
        output.WriteLine(rows == 0 ? "[]" : "]");
        return rows;
    }

    private static async Task<long> PrintTableAsync(SqlResult result, TextWriter output, CancellationToken ct)
    {
        var cells = new List<string[]> { result.Schema.Select(f => f.Name).ToArray() };
        var numeric = result.Schema.Select(f => f.Type.Kind is >= TypeKind.Int8 and <= TypeKind.Decimal).ToArray();
        var rows = await ForEachRowAsync(
            result,
            row =>
            {
                if (cells.Count <= TableRows) cells.Add([.. row.Select(v => Cut(ValueText.Of(v) ?? "NULL"))]);
            },
            ct);
        if (result.Schema.Count == 0) return rows;
        var widths = Enumerable.Range(0, result.Schema.Count).Select(c => cells.Max(r => r[c].Length)).ToArray();
        WriteTable(cells, widths, numeric, output);
        output.WriteLine(rows > TableRows ? $"({rows:n0} rows, the first {TableRows:n0} shown; --format csv prints all)" : $"({rows:n0} {(rows == 1 ? "row" : "rows")})");
        return rows;
    }

    private static void WriteTable(List<string[]> cells, int[] widths, bool[] numeric, TextWriter output)
    {
        for (var r = 0; r < cells.Count; r++)
        {
            var line = new StringBuilder();
            for (var c = 0; c < widths.Length; c++)
            {
                line.Append(c == 0 ? "" : "  ").Append(numeric[c] ? cells[r][c].PadLeft(widths[c]) : cells[r][c].PadRight(widths[c]));
            }
            output.WriteLine(line.ToString().TrimEnd());
            if (r == 0) output.WriteLine(string.Join("  ", widths.Select(w => new string('-', w))));
        }
    }

    private static async Task<long> ForEachRowAsync(SqlResult result, Action<object?[]> print, CancellationToken ct)
    {
        long rows = 0;
        await foreach (var batch in result.ReadAsync(ct))
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    var values = new object?[batch.ColumnCount];
                    for (var column = 0; column < values.Length; column++) values[column] = batch[column].GetValue(row);
                    print(values);
                    rows++;
                }
            }
        }
        return rows;
    }

    private static string Cut(string text)
    {
        var flat = text.ReplaceLineEndings(" ");
        return flat.Length <= CellWidth ? flat : string.Concat(flat.AsSpan(0, CellWidth - 1), "…");
    }

    private static string CsvCell(string? text) => text is null ? "" : text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
