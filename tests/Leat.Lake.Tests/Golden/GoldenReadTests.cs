using System.Globalization;
using Leat.Core;
using Xunit.Abstractions;

namespace Leat.Lake.Tests.Golden;

/// <summary>Tables that other engines wrote are read rightly, or refused with a code. Never wrong rows.</summary>
public sealed class GoldenReadTests(ITestOutputHelper output) : IDisposable
{
    private readonly LakeCatalog _catalog = new(Path.Combine(Path.GetTempPath(), "leat-golden-unused"), TimeProvider.System);

    /// <summary>Tables of kind "read" that this version refuses, with what they need.</summary>
    private static readonly Dictionary<string, string> NotYet = new()
    {
        ["duck-variant-basic"] = "variantType",
        ["kernel-spark-shredded-variant-preview-delta"] = "variantShredding-preview",
        ["krs-unshredded-variant"] = "variantType-preview",
        ["spark-variant-stats-nested-no-checkpoint"] = "variantShredding-preview",
        ["spark-variant-stats-no-checkpoint"] = "variantShredding-preview",
        ["table-with-columnmapping-mode-id"] = "column mapping by id inside the nested column",
        ["table-with-icebegCompatV2Enabled"] = "column mapping by id inside the nested column",
    };

    public void Dispose() => _catalog.Dispose();

    [GoldenFact]
    public async Task Given_tables_of_other_engines_When_the_newest_version_is_read_Then_rows_equal_the_published_ones()
    {
        var wrong = new List<string>();
        foreach (var table in GoldenTables.All.Where(t => t.Kind == "read"))
        {
            var found = await ReadAsync(table.Name, table.Root, null);
            var expected = NotYet.TryGetValue(table.Name, out var feature) ? $"LEAT3011 {feature}" : $"{table.Rows} {table.Md5}";
            output.WriteLine($"{table.Name}: {found}");
            if (feature is null ? found != expected : !(found.StartsWith("LEAT3011", StringComparison.Ordinal) && found.Contains(feature, StringComparison.Ordinal))) wrong.Add($"{table.Name} ({table.Feature}): expected {expected}, found {found}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} tables\n" + string.Join('\n', wrong));
    }

    [GoldenFact]
    public async Task Given_older_versions_When_they_are_read_Then_rows_equal_the_published_ones()
    {
        var wrong = new List<string>();
        var read = 0;
        foreach (var line in GoldenTables.Lines("VERSIONS.tsv").Where(l => !NotYet.ContainsKey(l[0])))
        {
            var table = GoldenTables.All.First(t => t.Name == line[0]);
            var found = await ReadAsync(table.Name, table.Root, long.Parse(line[1], CultureInfo.InvariantCulture));
            if (line[2] == "OK" ? found != $"{line[3]} {line[4]}" : !found.StartsWith("LEAT", StringComparison.Ordinal)) wrong.Add($"{line[0]} version {line[1]}: expected {string.Join(' ', line[2..])}, found {found}");
            read++;
        }
        Assert.True(read > 300);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {read} versions\n" + string.Join('\n', wrong));
    }

    [GoldenFact]
    public async Task Given_tables_that_must_be_refused_When_they_are_opened_Then_there_is_a_code()
    {
        foreach (var table in GoldenTables.All.Where(t => t.Kind == "refuse"))
        {
            var found = await ReadAsync(table.Name, table.Root, null);
            output.WriteLine($"{table.Name}: {found}");
            Assert.True(found.StartsWith("LEAT30", StringComparison.Ordinal), $"{table.Name} ({table.Feature}): {found}");
        }
    }

    /// <summary>"rows md5" as the manifest computes it, or the code with the message.</summary>
    private async Task<string> ReadAsync(string name, string root, long? version)
    {
        try
        {
            var table = _catalog.OpenAt(name, root);
            var sql = table.ScanSql(await table.SnapshotAsync(version, default));
            using var connection = _catalog.Engine.Connect();
            using var result = connection.Query($"SELECT count(*), md5(coalesce(string_agg(r, chr(10) ORDER BY r), '')) FROM (SELECT CAST(x AS VARCHAR) r FROM ({sql}) x)");
            var row = result.ToRows()[0];
            return $"{row[0]} {row[1]}";
        }
        catch (LeatException e)
        {
            return $"{e.Code} {e.What}";
        }
    }
}
