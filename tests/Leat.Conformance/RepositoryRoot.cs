namespace Leat.Conformance;

/// <summary>Where the repository lies, found by walking up to <c>global.json</c>.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path of the repository.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder.TrimEnd('/')))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "global.json"))) return folder;
        }
        throw new DirectoryNotFoundException("no global.json above " + AppContext.BaseDirectory);
    }
}
