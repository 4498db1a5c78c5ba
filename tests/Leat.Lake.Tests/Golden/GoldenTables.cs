using Leat.Conformance;

namespace Leat.Lake.Tests.Golden;

/// <summary>The Delta tables written by Spark, delta-rs and others, beside the repository.</summary>
internal static class GoldenTables
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared", "golden", "delta"));

    public static bool Exists { get; } = File.Exists(Path.Combine(Folder, "MANIFEST.tsv"));

    public static IReadOnlyList<GoldenTable> All { get; } = Exists ? [.. Lines("MANIFEST.tsv").Select(GoldenTable.Parse)] : [];

    /// <summary>Lines of a file after its header, split at tabs.</summary>
    public static IEnumerable<string[]> Lines(string file) => File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => line.Split('\t'));
}
