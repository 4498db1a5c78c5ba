using System.Globalization;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.Models;

/// <summary>Turns an error of the engine, which knows the compiled SQL only, into one about the model's own file.</summary>
internal static partial class SqlErrorPlace
{
    [GeneratedRegex(@"(?:LINE |line )(?<line>\d+)(?:, column (?<column>\d+))?")]
    private static partial Regex LinePattern { get; }

    [GeneratedRegex("[\"'](?<name>[A-Za-z_][A-Za-z0-9_ ]*)[\"']")]
    private static partial Regex NamePattern { get; }

    /// <param name="compiled">What was run.</param>
    /// <param name="error">LEAT15xx of the session.</param>
    public static LeatException Explain(CompiledNode compiled, LeatException error)
    {
        var text = $"{error.What}\n{error.Where}\n{error.InnerException?.Message}";
        var (place, rendered) = Find(compiled, text);
        var where = rendered is null ? place : string.Create(CultureInfo.InvariantCulture, $"{place} (compiled line {rendered})");
        return new LeatException("LEAT4030", $"{compiled.Node.ResourceName} '{compiled.Node.Name}': {FirstLines(error.What)}", where, error.Todo, error.Fault, error.Retry, error);
    }

    /// <summary>Whether the error is one of the engine or the session about a statement.</summary>
    public static bool IsSqlError(LeatException error) => error.Code.StartsWith("LEAT15", StringComparison.Ordinal) || error.Code.StartsWith("LEAT11", StringComparison.Ordinal);

    private static (string Place, int? RenderedLine) Find(CompiledNode compiled, string text)
    {
        var sql = compiled.Sql;
        var names = NamePattern.Matches(text).Select(m => m.Groups["name"].Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (LinePattern.Match(text) is { Success: true } match)
        {
            var line = int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture);
            // the statement around the SELECT takes one line before it
            foreach (var candidate in new[] { line - 1, line })
            {
                var (start, end) = LineRange(sql, candidate);
                foreach (var name in names)
                    if (Word(sql, name, start, end) is >= 0 and var at) return (compiled.PlaceOf(at), candidate);
            }
            var (first, last) = LineRange(sql, line - 1);
            if (last > first && match.Groups["column"].Success) return (compiled.PlaceOf(Math.Min(last - 1, first + int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture) - 1)), line - 1);
        }
        foreach (var name in names)
            if (Word(sql, name, 0, sql.Length) is >= 0 and var at) return (compiled.PlaceOf(at), sql.AsSpan(0, at).Count('\n') + 1);
        return (compiled.Node.Test?.Place ?? compiled.Node.Path, null);
    }

    private static (int Start, int End) LineRange(string sql, int line)
    {
        var start = 0;
        for (var i = 1; i < line && start >= 0; i++) start = sql.IndexOf('\n', start) is >= 0 and var next ? next + 1 : -1;
        if (start < 0 || line < 1) return (0, 0);
        return (start, sql.IndexOf('\n', start) is >= 0 and var end ? end : sql.Length);
    }

    private static int Word(string sql, string name, int start, int end)
    {
        for (var at = start; (at = sql.IndexOf(name, at, end - at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var before = at == 0 || !IsNamePart(sql[at - 1]);
            var after = at + name.Length == sql.Length || !IsNamePart(sql[at + name.Length]);
            if (before && after) return at;
        }
        return -1;
    }

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c);

    private static string FirstLines(string what)
    {
        var cut = what.IndexOf("\nLINE ", StringComparison.Ordinal);
        return (cut < 0 ? what : what[..cut]).Trim();
    }
}
