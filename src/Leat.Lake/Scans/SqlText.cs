using System.Text;

namespace Leat.Lake.Scans;

/// <summary>Quoting for DuckDB's SQL.</summary>
internal static class SqlText
{
    /// <summary>The text as a string constant.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The name as a quoted identifier.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The text's UTF-8 bytes as a BLOB constant.</summary>
    public static string Blob(string text) => $"from_hex('{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}')";
}
