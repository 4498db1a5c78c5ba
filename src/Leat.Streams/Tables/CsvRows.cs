using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Leat.Streams.Tables;

/// <summary>Rows of a small CSV file with header as JSON objects of texts; an empty unquoted value is null. Quotes and line ends inside quotes are understood.</summary>
internal static class CsvRows
{
    public static async IAsyncEnumerable<byte[]> ReadAsync(string file, [EnumeratorCancellation] CancellationToken ct)
    {
        string[]? header = null;
        foreach (var row in Split(await File.ReadAllTextAsync(file, ct).ConfigureAwait(false)))
        {
            if (header is null)
            {
                header = [.. row.Select(v => (v ?? "").Trim())];
                continue;
            }

            if (row.Count != header.Length) throw StreamErrors.TableRow(Path.GetFileNameWithoutExtension(file), file, $"{row.Count} values where the header has {header.Length}");
            yield return JsonSerializer.SerializeToUtf8Bytes(header.Zip(row).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
        }
    }

    private static IEnumerable<List<string?>> Split(string text)
    {
        var row = new List<string?>();
        var value = new StringBuilder();
        var (quoted, wasQuoted) = (false, false);
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted)
            {
                if (letter != '"') value.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"') value.Append(text[++i]);
                else quoted = false;
                continue;
            }

            if (letter == '"') (quoted, wasQuoted) = (true, true);
            else if (letter is ',' or '\n') End();
            else if (letter != '\r') value.Append(letter);
            if (letter != '\n') continue;
            if (row.Count > 1 || row[0] is not null) yield return row;
            row = [];
        }

        if (value.Length > 0 || wasQuoted || row.Count > 0) End();
        if (row.Count > 0) yield return row;

        void End()
        {
            row.Add(value.Length == 0 && !wasQuoted ? null : value.ToString());
            value.Clear();
            wasQuoted = false;
        }
    }
}
