using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Storefront.Replay;

/// <summary>One CSV file of invoice lines.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Name">Path below the data folder, with forward slashes; first part of event ids.</param>
internal sealed record RetailFile(string Path, string Name)
{
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { BadDataFound = null, DetectColumnCountChanges = false, IgnoreBlankLines = true, BufferSize = 64 * 1024 };

    /// <summary>All CSV files below the folder, by name.</summary>
    public static IReadOnlyList<RetailFile> Find(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
            .Select(path => new RetailFile(path, System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>The lines in file order. A line whose time cannot be read takes the time of the line before it.</summary>
    public IEnumerable<RetailLine> Lines()
    {
        using var reader = new StreamReader(Path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 64 * 1024);
        using var parser = new CsvParser(reader, Csv);
        if (!parser.Read()) yield break;
        var columns = RetailColumns.FromHeader(Path, parser.Record!);
        var time = DateTime.MinValue;
        var lastRow = parser.RawRow;
        while (parser.Read())
        {
            var row = parser.Record!;
            time = columns.Time(row) ?? time;
            yield return new RetailLine(this, lastRow + 1, time, row, columns);
            lastRow = parser.RawRow;
        }
    }

    /// <summary>Earliest time of a line; null for a file without lines.</summary>
    public DateTime? FirstTime()
    {
        DateTime? first = null;
        foreach (var line in Lines())
            if (first is null || line.Time < first) first = line.Time;
        return first;
    }
}
