using System.Collections.Immutable;

namespace Leat.Models;

/// <summary>Files of a project and how they are named.</summary>
internal static class ProjectFiles
{
    /// <summary>(path relative to the package with forward slashes, absolute path), in a stable order.</summary>
    public static IEnumerable<(string Path, string File)> Under(DbtProjectFile package, IEnumerable<string> folders, params string[] extensions) =>
        from folder in folders
        let full = Path.Combine(package.Root, folder)
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        select (Path.GetRelativePath(package.Root, file).Replace('\\', '/'), file);

    /// <summary>Path for messages: relative to the user's project.</summary>
    public static string Shown(string projectRoot, DbtProjectFile package, string path) =>
        Path.GetRelativePath(projectRoot, Path.Combine(package.Root, path)).Replace('\\', '/');

    /// <summary>Package, folders below the resource path, name.</summary>
    public static ImmutableArray<string> Fqn(DbtProjectFile package, string path)
    {
        var folders = package.ModelPaths.Concat(package.SeedPaths).Concat(package.TestPaths);
        var root = folders.FirstOrDefault(f => path.StartsWith(f.TrimEnd('/') + "/", StringComparison.Ordinal)) ?? "";
        var below = Path.ChangeExtension(path, null)[(root.Length == 0 ? 0 : root.TrimEnd('/').Length + 1)..];
        return [package.Name, .. below.Split('/')];
    }
}
