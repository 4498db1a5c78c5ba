using System.Text;
using Leat.Core;

namespace Leat.Models;

/// <summary>A seed's CSV: RFC 4180 with a chosen delimiter; a byte order mark is skipped.</summary>
internal static class CsvFile
{
    /// <summary>Header and rows.</summary>
    /// <exception cref="LeatException">LEAT4033 with the line.</exception>
    public static (List<string> Header, List<List<string>> Rows) Read(string path, string shown, char delimiter)
    {
        var text = File.ReadAllText(path, Encoding.UTF8);
        var rows = new List<List<string>>();
        var line = 1;
        for (var at = 0; at < text.Length;)
        {
            var startLine = line;
            var row = Row(text, ref at, ref line, delimiter, shown);
            if (row is [""]) continue;
            if (rows.Count > 0 && row.Count != rows[0].Count)
                throw new LeatException("LEAT4033", $"the row has {row.Count} fields, the header {rows[0].Count}", $"{shown}:{startLine}", "add or remove fields, or quote a field that holds the delimiter");
            rows.Add(row);
        }
        if (rows.Count == 0) throw new LeatException("LEAT4033", "the file is empty", shown, "give it a header line");
        return ([.. rows[0].Select(h => h.Trim())], rows[1..]);
    }

    private static List<string> Row(string text, ref int at, ref int line, char delimiter, string shown)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        while (true)
        {
            field.Clear();
            if (at < text.Length && text[at] == '"') Quoted(text, ref at, ref line, field, shown);
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\n' or '\r')) field.Append(text[at++]);
            row.Add(field.ToString());
            if (at < text.Length && text[at] == delimiter)
            {
                at++;
                continue;
            }
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            line++;
            return row;
        }
    }

    private static void Quoted(string text, ref int at, ref int line, StringBuilder field, string shown)
    {
        var openLine = line;
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n') line++;
            if (text[at] != '"') field.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else
            {
                at++;
                return;
            }
        }
        throw new LeatException("LEAT4033", "a quoted field is not closed", $"{shown}:{openLine}", "add the closing quote");
    }
}
