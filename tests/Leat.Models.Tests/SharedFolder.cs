namespace Leat.Models.Tests;

/// <summary>The folder of cases and data beside the repository.</summary>
internal static class SharedFolder
{
    /// <summary>Absolute path, or null when absent.</summary>
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "global.json"))) continue;
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", relative));
            return File.Exists(path) || Directory.Exists(path) ? path : null;
        }
        return null;
    }
}
