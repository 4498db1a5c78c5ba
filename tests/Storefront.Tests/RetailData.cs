using Leat.Conformance;

namespace Storefront.Tests;

/// <summary>The real invoice lines, read in place.</summary>
internal static class RetailData
{
    /// <summary>Folder of the daily files, or null when it is not there.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>A temporary folder with links to the first files.</summary>
    public static void LinkFirst(int files, string into)
    {
        foreach (var file in Directory.EnumerateFiles(Folder!, "*.csv").Order(StringComparer.Ordinal).Take(files))
        {
            File.CreateSymbolicLink(Path.Combine(into, Path.GetFileName(file)), file);
        }
    }

    private static string? Find()
    {
        var folder = Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "../shared/data/online_retail/by-day"));
        return Directory.Exists(folder) ? folder : null;
    }
}
