using Leat.Core;

namespace Leat.Storage;

/// <summary>Checks paths of objects: relative, '/', no empty, '.', '..' or temporary part.</summary>
internal static class ObjectPath
{
    /// <exception cref="LeatException">LEAT2050.</exception>
    public static string Checked(string path)
    {
        if (path.Length is > 0 and <= 1024 && !path.Contains('\\') && !path.Contains('\0') && path.Split('/').All(IsPart)) return path;
        throw new LeatException("LEAT2050", $"'{path}' is not an object path", "object store", "use 1 to 1,024 characters: names joined by '/', none of them empty, '.', '..' or starting with '.tmp-'");
    }

    private static bool IsPart(string part) => part.Length > 0 && part is not ("." or "..") && !part.StartsWith(DurableFiles.TemporaryPrefix, StringComparison.Ordinal);
}
