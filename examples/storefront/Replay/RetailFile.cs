using CsvHelper;

namespace Storefront.Replay;

/// <summary>One CSV file of invoice lines.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Name">Path below the data folder, with forward slashes; first part of event ids.</param>
internal sealed record RetailFile(string Path, string Name)
{
    private static readonly CsvReaderOptions Csv = CsvReaderOptions.Default with { Separator = ',', TrackLineNumbers = true, PoolStrings = true };

    /// <summary>All CSV files below the folder, by name.</summary>
    public static IReadOnlyList<RetailFile> Find(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
            .Select(path => new RetailFile(path, System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>The lines in file order. A line whose time cannot be read takes the time of the line before it.</summary>
    public IEnumerable<RetailLine> Lines()
    {
        using var reader = CsvReader.FromFile(Path, Csv);
        reader.ReadHeader();
        string[] header = [.. reader.Headers];
        if (header.Length == 0) yield break;
        var columns = RetailColumns.FromHeader(Path, header);
        var time = DateTime.MinValue;
        while (reader.Read())
        {
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.GetString(i);
            time = columns.Time(row) ?? time;
            yield return new RetailLine(this, reader.LineNumber, time, row, columns);
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
