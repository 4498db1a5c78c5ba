using System.Text;
using System.Text.Json.Nodes;

namespace Storefront.Tests;

/// <summary>The figures of a folder of invoice lines, counted by code that shares nothing with Leat or the storefront.</summary>
internal static class IndependentCount
{
    public static JsonObject Of(string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var invoices = new HashSet<string>(StringComparer.Ordinal);
        long rows = 0, duplicates = 0, cancellations = 0, nullCustomers = 0;
        decimal gross = 0;
        foreach (var file in Directory.GetFiles(folder, "*.csv"))
        {
            foreach (var row in Records(File.ReadAllText(file, Encoding.UTF8)).Skip(1))
            {
                rows++;
                if (!seen.Add(string.Join('\u001f', row))) duplicates++;
                invoices.Add(row[0]);
                if (row[0][0] == 'C') cancellations++;
                if (row[6].Length == 0) nullCustomers++;
                gross += int.Parse(row[3]) * decimal.Parse(row[5]);
            }
        }
        return new JsonObject
        {
            ["rows_read"] = rows,
            ["rows_raw"] = rows,
            ["rows_quarantined"] = 0,
            ["duplicates"] = duplicates,
            ["cancellations"] = cancellations,
            ["null_customers"] = nullCustomers,
            ["invoices"] = invoices.Count,
            ["gross_sum"] = gross.ToString(),
            ["stream_equals_batch"] = true,
        };
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == ',') continue;
                yield return row;
                row = [];
            }
            else if (c != '\r') cell.Append(c);
        }
        if (row.Count == 0 && cell.Length == 0) yield break;
        row.Add(cell.ToString());
        yield return row;
    }
}
