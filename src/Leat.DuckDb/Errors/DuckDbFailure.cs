using System.Globalization;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What an error message of the engine says, in parts.</summary>
internal sealed partial record DuckDbFailure(string ErrorType, string Message, int? Line, int? ColumnNumber)
{
    private const string Cut = "...";

    public string Where => Line is null ? "SQL statement" : ColumnNumber is null ? $"SQL statement, line {Line}" : $"SQL statement, line {Line}, column {ColumnNumber}";

    public string Code => ErrorType switch
    {
        "Parser" or "Syntax" => "LEAT1110",
        "Catalog" or "Binder" => "LEAT1111",
        "Out of Memory" => "LEAT1113",
        "IO" or "HTTP" or "Connection" => "LEAT1114",
        "INTERRUPT" => "LEAT1115",
        "Permission" or "Invalid Configuration" => "LEAT1116",
        "TransactionContext" or "Transaction" => "LEAT1117",
        "INTERNAL" or "FATAL" => "LEAT1118",
        "Constraint" => "LEAT1119",
        _ => "LEAT1112",
    };

    public string Todo => Code switch
    {
        "LEAT1110" => "correct the statement where the position points",
        "LEAT1111" => "correct the name, or create what is missing; the message offers near names",
        "LEAT1113" => "raise memory_limit, or read fewer columns or rows at once",
        "LEAT1114" => "check that the file or address exists and may be read",
        "LEAT1115" => "run the statement again; it was interrupted",
        "LEAT1116" => "this connection may not do that; leave the setting or function out",
        "LEAT1117" => "roll back and try the transaction again",
        "LEAT1118" => "this is a bug in the SQL engine or in how Leat uses it, please report it with the statement",
        "LEAT1119" => "correct the rows that break the constraint",
        _ => "correct the value or expression that the message names",
    };

    public Fault Fault => Code switch
    {
        "LEAT1113" or "LEAT1114" => Fault.External,
        "LEAT1118" => Fault.Internal,
        _ => Fault.User,
    };

    public Retry Retry => Code is "LEAT1117" ? Retry.WithBackoff : Retry.Never;

    public static DuckDbFailure Parse(string message, string sql)
    {
        var kind = Kind().Match(message);
        var text = kind.Success ? message[kind.Length..] : message;
        var excerpt = Excerpt().Match(text);
        if (!excerpt.Success) return new DuckDbFailure(kind.Groups[1].Value, text.Trim(), null, null);
        var line = int.Parse(excerpt.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        return new DuckDbFailure(kind.Groups[1].Value, text[..excerpt.Index].Trim(), line, ColumnOf(excerpt, sql, line));
    }

    /// <summary>The caret stands under the excerpt, whose ends may be cut: find the excerpt in the statement's line.</summary>
    private static int? ColumnOf(Match excerpt, string sql, int line)
    {
        var caret = excerpt.Groups["caret"].Length - excerpt.Groups["prefix"].Length;
        var shown = excerpt.Groups["source"].Value;
        if (!shown.StartsWith(Cut, StringComparison.Ordinal)) return caret + 1;
        var lines = sql.Split('\n');
        if (line > lines.Length) return null;
        var core = shown[Cut.Length..];
        if (core.EndsWith(Cut, StringComparison.Ordinal)) core = core[..^Cut.Length];
        var at = lines[line - 1].IndexOf(core, StringComparison.Ordinal);
        return at < 0 ? null : at + caret - Cut.Length + 1;
    }

    [GeneratedRegex(@"^([A-Za-z ]+?) Error: ")]
    private static partial Regex Kind();

    [GeneratedRegex(@"(?<prefix>LINE (?<line>\d+): )(?<source>[^\n]*)\n(?<caret> *)\^", RegexOptions.ExplicitCapture)]
    private static partial Regex Excerpt();
}
