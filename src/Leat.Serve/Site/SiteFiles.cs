using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Site;

/// <summary>Finds what a request for the page gets from the folder of the built front end. Never leaves the folder.</summary>
internal sealed class SiteFiles
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".mjs"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json", [".map"] = "application/json", [".svg"] = "image/svg+xml", [".png"] = "image/png", [".ico"] = "image/x-icon", [".webp"] = "image/webp",
        [".woff2"] = "font/woff2", [".txt"] = "text/plain; charset=utf-8", [".webmanifest"] = "application/manifest+json", [".wasm"] = "application/wasm",
    };

    private readonly string? _root;

    public SiteFiles(string? folder) => _root = folder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;

    /// <summary>Whether a built front end is there now.</summary>
    public bool IsBuilt => _root is not null && File.Exists(Path.Combine(_root, "index.html"));

    public string? Folder => _root;

    /// <summary>The file at <paramref name="path"/>, or null.</summary>
    public FileInfo? Find(PathString path)
    {
        var relative = (path.Value ?? "/").TrimStart('/');
        if (_root is null || relative.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.GetFullPath(Path.Combine(_root, relative.Length == 0 ? "index.html" : relative));
        if (!full.StartsWith(_root, StringComparison.Ordinal) || !Types.ContainsKey(Path.GetExtension(full))) return null;
        var file = new FileInfo(full);
        return file.Exists ? file : null;
    }

    /// <summary>The file or a compressed sibling that the client takes, with its content encoding.</summary>
    public static (FileInfo File, string? Encoding) Pick(FileInfo file, string acceptEncoding)
    {
        foreach (var (name, ending) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (!Takes(acceptEncoding, name)) continue;
            var sibling = new FileInfo(file.FullName + ending);
            if (sibling.Exists && sibling.LastWriteTimeUtc >= file.LastWriteTimeUtc) return (sibling, name);
        }
        return (file, null);
    }

    public static string TypeOf(FileInfo file) => Types[file.Extension];

    private static bool Takes(string accept, string name)
    {
        foreach (var part in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pieces = part.Split(';', StringSplitOptions.TrimEntries);
            if (pieces[0] == name) return !(pieces.Length > 1 && pieces[1] is "q=0" or "q=0.0");
        }
        return false;
    }
}
