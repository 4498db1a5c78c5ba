using System.Runtime.CompilerServices;
using System.Text.Json;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Lake.Tests.Tables;

/// <summary>A lake in a temporary folder, and rows for it.</summary>
public sealed class LakeFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LakeCatalog> _catalogs = [];

    public LakeFixture() => Catalog = Open();

    public static Schema Numbers { get; } = Schema.Of(("id", DataType.Int64), ("name", DataType.Text));

    public ManualTimeProvider Time { get; } = new();

    public LakeCatalog Catalog { get; }

    public string Folder => Path.Combine(_folder.Path, "lake");

    /// <summary>A catalog that knows nothing of the others, as another process would.</summary>
    public LakeCatalog Open(LakeOptions? options = null)
    {
        var catalog = new LakeCatalog(Folder, Time, options);
        _catalogs.Add(catalog);
        return catalog;
    }

    public ValueTask<ILakeTable> NumbersAsync() => Catalog.CreateAsync("raw.numbers", Numbers, [], default);

    public static async IAsyncEnumerable<Batch> Rows(Schema schema, params object?[][] rows)
    {
        await Task.Yield();
        using var builder = new BatchBuilder(schema);
        foreach (var row in rows) builder.AppendRow(row);
        yield return builder.Build();
    }

    /// <summary>Rows (from, "n" + from), ...</summary>
    public static IAsyncEnumerable<Batch> NumbersFrom(long from, int count) => Rows(Numbers, [.. Enumerable.Range(0, count).Select(i => new object?[] { from + i, $"n{from + i}" })]);

    public static async Task<List<object?[]>> ReadAsync(ILakeTable table, long? version = null, [CallerArgumentExpression(nameof(table))] string? what = null)
    {
        var rows = new List<object?[]>();
        await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(version, default), default))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) rows.Add([.. Enumerable.Range(0, batch.ColumnCount).Select(c => batch[c].GetValue(row))]);
        }
        return rows;
    }

    public static async Task<List<long>> IdsAsync(ILakeTable table, long? version = null) => [.. (await ReadAsync(table, version)).Select(r => (long)r[0]!).Order()];

    /// <summary>Live files by a replay that shares no code with the product.</summary>
    public static List<string> LiveFiles(string root)
    {
        var live = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var commit in Directory.GetFiles(Path.Combine(root, "_delta_log"), "*.json").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadLines(commit).Select(l => JsonDocument.Parse(l).RootElement).ToList();
            foreach (var line in lines)
                if (line.TryGetProperty("remove", out var remove)) live.Remove(Uri.UnescapeDataString(remove.GetProperty("path").GetString()!));
            foreach (var line in lines)
                if (line.TryGetProperty("add", out var add)) live.Add(Uri.UnescapeDataString(add.GetProperty("path").GetString()!));
        }
        return [.. live];
    }

    public void Dispose()
    {
        foreach (var catalog in _catalogs) catalog.Dispose();
        _folder.Dispose();
    }
}
