using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.LakeSources;

namespace Leat.Streams.Tables;

/// <summary>Finds the rows of a reference table: the lake first, then files of the project. Every row is given as one JSON object.</summary>
internal sealed class TableSource(ILakeCatalog? lake, string? projectFolder)
{
    private static readonly string[] Folders = ["", "data", "seeds", "streams"];
    private static readonly string[] Extensions = [".ndjson", ".jsonl", ".csv"];

    public async IAsyncEnumerable<(byte[] Json, string Where)> ReadAsync(string table, [EnumeratorCancellation] CancellationToken ct)
    {
        if (lake is not null && await lake.FindAsync(table, ct).ConfigureAwait(false) is { } found)
        {
            await foreach (var json in ReadLakeAsync(found, ct).ConfigureAwait(false)) yield return (json, $"lake table {table}");
            yield break;
        }

        var candidates = Files(table);
        var file = candidates.FirstOrDefault(File.Exists) ?? throw StreamErrors.TableNotFound(table, candidates.Prepend($"lake table {table}"));
        var rows = file.EndsWith(".csv", StringComparison.Ordinal) ? CsvRows.ReadAsync(file, ct) : ReadLinesAsync(file, ct);
        await foreach (var json in rows.ConfigureAwait(false)) yield return (json, file);
    }

    /// <summary>Version of the lake table, or time and size of the file; null: there is none.</summary>
    public async ValueTask<string?> StampAsync(string table, CancellationToken ct)
    {
        if (lake is not null && await lake.FindAsync(table, ct).ConfigureAwait(false) is { } found) return $"version {(await found.SnapshotAsync(null, ct).ConfigureAwait(false)).Version}";
        return Files(table).FirstOrDefault(File.Exists) is { } path && new FileInfo(path) is var file ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc:O}, {file.Length} bytes") : null;
    }

    private List<string> Files(string table) => projectFolder is null ? [] : [.. Folders.SelectMany(f => Extensions.Select(e => Path.Combine(projectFolder, f, table + e)))];

    private static async IAsyncEnumerable<byte[]> ReadLinesAsync(string file, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in File.ReadLinesAsync(file, ct).ConfigureAwait(false))
            if (!string.IsNullOrWhiteSpace(line)) yield return Encoding.UTF8.GetBytes(line);
    }

    private static async IAsyncEnumerable<byte[]> ReadLakeAsync(ILakeTable table, [EnumeratorCancellation] CancellationToken ct)
    {
        var snapshot = await table.SnapshotAsync(null, ct).ConfigureAwait(false);
        await foreach (var batch in table.ReadAsync(snapshot, ct).ConfigureAwait(false))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) yield return BatchJson.Of(batch, row, batch.ColumnCount);
        }
    }
}
