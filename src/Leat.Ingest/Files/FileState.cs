using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Leat.Ingest.Files;

/// <summary>A file as it is found: when path, size or time of change differ, it counts as another one.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Shown">Path relative to the project, with '/'.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="ModifiedTicks">Time of the last change, UTC ticks.</param>
internal sealed record FileState(string Path, string Shown, long SizeBytes, long ModifiedTicks)
{
    /// <summary>Name of this state in the table's marks.</summary>
    public string Mark(string source) => string.Create(CultureInfo.InvariantCulture, $"files/{source}/{Shown}#{SizeBytes}-{ModifiedTicks}");

    /// <summary>Fingerprint of a set of states, in any order.</summary>
    public static string SetMark(string source, IEnumerable<FileState> files)
    {
        var text = string.Join('\n', files.Select(f => f.Mark(source)).Order(StringComparer.Ordinal));
        return $"{SetPrefix(source)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}";
    }

    /// <summary>Beginning of all marks of whole sets.</summary>
    public static string SetPrefix(string source) => $"files/{source}/set#";

    /// <summary>Files that the pattern names, by path. A folder means all files in it.</summary>
    /// <param name="root">Project folder.</param>
    /// <param name="pattern">Relative to it or absolute; <c>*</c> and <c>?</c> in the last part, <c>**</c> as the part before it for all folders below.</param>
    /// <returns>Null when the folder does not exist.</returns>
    public static IReadOnlyList<FileState>? Find(string root, string pattern)
    {
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, pattern));
        var (folder, name) = Directory.Exists(full) ? (full, "*") : (System.IO.Path.GetDirectoryName(full)!, System.IO.Path.GetFileName(full));
        var depth = SearchOption.TopDirectoryOnly;
        if (System.IO.Path.GetFileName(folder) == "**") (folder, depth) = (System.IO.Path.GetDirectoryName(folder)!, SearchOption.AllDirectories);
        if (!Directory.Exists(folder)) return null;
        return
        [
            .. new DirectoryInfo(folder).EnumerateFiles(name, depth).Where(f => !f.Name.StartsWith('.')).OrderBy(f => f.FullName, StringComparer.Ordinal)
                .Select(f => new FileState(f.FullName, System.IO.Path.GetRelativePath(root, f.FullName).Replace('\\', '/'), f.Length, f.LastWriteTimeUtc.Ticks)),
        ];
    }
}
