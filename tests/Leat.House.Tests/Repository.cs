namespace Leat.House.Tests;

/// <summary>The checkout the tests run in.</summary>
internal static class Repository
{
    /// <summary>Folder that holds global.json.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>C# files below a folder of the repository, without generated ones.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.EndsWith(".g.cs", StringComparison.Ordinal))
            : [];

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
