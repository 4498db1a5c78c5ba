namespace Leat.Web.Tests;

/// <summary>Folders of the repository that holds this test.</summary>
internal static class Repository
{
    /// <summary>The folder with global.json above the test's output.</summary>
    public static string Root { get; } = FindRoot();

    public static string Web => Path.Combine(Root, "web");

    public static string Screenshots => Path.Combine(Root, "screenshots");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
                return folder.FullName;
        throw new InvalidOperationException($"no global.json above {AppContext.BaseDirectory}");
    }
}
