namespace Leat.Host.Composition;

/// <summary>Where the built front end lies.</summary>
internal static class SiteFolder
{
    /// <summary><c>web/dist</c> below LEAT_HOME (set by the launcher) or a parent of the program; null when it is not built.</summary>
    public static string? Find()
    {
        var starts = new[] { Environment.GetEnvironmentVariable("LEAT_HOME"), AppContext.BaseDirectory };
        foreach (var start in starts.OfType<string>())
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var site = Path.Combine(folder.FullName, "web", "dist");
                if (File.Exists(Path.Combine(site, "index.html"))) return site;
            }
        }
        return null;
    }
}
