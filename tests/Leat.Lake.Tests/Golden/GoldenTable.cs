namespace Leat.Lake.Tests.Golden;

/// <summary>One line of MANIFEST.tsv.</summary>
internal sealed record GoldenTable(string Name, string Kind, string Feature, string Protocol, long? Version, long? Rows, string Md5, int? LiveFiles)
{
    public string Root => Path.Combine(GoldenTables.Folder, Name, "delta");

    public static GoldenTable Parse(string[] columns) => new(
        columns[0], columns[1], columns[2], columns[7], Number(columns[8]), Number(columns[9]), columns[10], (int?)Number(columns[11]));

    private static long? Number(string text) => long.TryParse(text, out var number) ? number : null;
}
