using System.Globalization;
using System.Text;

namespace Leat.Lake.Protocol;

/// <summary>Paths of data files as the log spells them: percent-encoded once, relative to the table or absolute.</summary>
internal static class DataPath
{
    private const string Plain = "-_.~/!$&'()*+,;=:@";

    /// <summary>Percent-encodes what may not stand in a URI path. The inverse of <see cref="Decode"/>.</summary>
    public static string Encode(string path)
    {
        var text = new StringBuilder(path.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || Plain.Contains((char)b, StringComparison.Ordinal)) text.Append((char)b);
            else text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return text.ToString();
    }

    /// <summary>Decodes exactly once.</summary>
    public static string Decode(string encoded) => encoded.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(encoded) : encoded;

    /// <summary><c>/x</c>, <c>file:/x</c> and <c>file:///x</c> are one file.</summary>
    public static string Canonical(string path)
    {
        if (!path.StartsWith("file:", StringComparison.Ordinal)) return path;
        return "/" + path["file:".Length..].TrimStart('/');
    }

    /// <summary>Where the file is on disk.</summary>
    public static string Absolute(string root, string path)
    {
        var canonical = Canonical(path);
        return Path.IsPathRooted(canonical) ? canonical : Path.Combine(root, canonical.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>The path names another system, for example s3://.</summary>
    public static bool IsForeign(string path) => !path.StartsWith("file:", StringComparison.Ordinal) && path.Contains("://", StringComparison.Ordinal);
}
