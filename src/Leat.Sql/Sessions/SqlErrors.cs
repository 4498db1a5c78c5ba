using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>The errors of this room.</summary>
internal static class SqlErrors
{
    public static LeatException Syntax(string message, string sql, int? position) => new(
        "LEAT1501", message, position is null ? "SQL statement" : $"SQL statement, {Place(sql, position.Value)}", "correct the statement where the position points");

    public static LeatException UnknownRelation(string name, string sql, int position, IEnumerable<string> known)
    {
        var near = Nearest.To(name, known);
        var what = near is null ? $"there is no relation '{name}'" : $"there is no relation '{name}'; did you mean '{near}'?";
        return new LeatException("LEAT1502", what, $"SQL statement, {Place(sql, position)}", near is null ? "use a relation that exists" : $"use '{near}'");
    }

    public static LeatException NotAllowed(string what, string sql, int position) => new(
        "LEAT1503", $"{what} is not allowed here", $"SQL statement, {Place(sql, position)}", "write a single SELECT over the project's own relations, with functions that only compute");

    public static LeatException TimedOut(TimeSpan timeout, Exception cause) => new(
        "LEAT1505", $"the statement ran longer than {timeout.TotalSeconds:0.###} s and was stopped", "SQL statement", "ask for fewer rows, or raise the session's timeout", cause: cause);

    public static LeatException NotRewritable(string schema, Exception cause) => new(
        "LEAT1506", $"a relation of '{schema}' cannot stand in this kind of statement: {(cause as LeatException)?.What}", "SQL statement",
        $"put it into a SELECT: CREATE TABLE AS, INSERT ... SELECT, COPY (SELECT ...), or a temporary table first", cause: cause);

    public static LeatException BadTime(string written, string sql, int position) => new(
        "LEAT1507", $"AT ({written}) is no constant version or time", $"SQL statement, {Place(sql, position)}", "write AT (VERSION => 12) or AT (TIMESTAMP => TIMESTAMP '2024-01-01 00:00:00')");

    /// <summary>An error of the engine about rewritten text, in terms of what the user wrote.</summary>
    public static LeatException From(DuckDbException error, RewrittenSql sql)
    {
        var code = error.Code switch
        {
            "LEAT1110" => "LEAT1501",
            "LEAT1111" => "LEAT1502",
            "LEAT1116" => "LEAT1503",
            _ => "LEAT1504",
        };
        var where = sql.Original(error.Line, error.ColumnNumber) is { } position ? $"SQL statement, {Place(sql.Source, position)}" : "SQL statement";
        return new LeatException(code, error.EngineMessage, where, error.Todo, error.Fault, error.Retry, error);
    }

    private static string Place(string sql, int position)
    {
        var before = sql.AsSpan(0, Math.Clamp(position, 0, sql.Length));
        return $"line {before.Count('\n') + 1}, column {before.Length - (before.LastIndexOf('\n') + 1) + 1}";
    }
}
