namespace Leat.Sql;

/// <summary>Splits SQL text into tokens as DuckDB does; comments and spaces are left out. Text that ends in the middle of a token ends with it.</summary>
internal static class SqlLexer
{
    public static List<SqlToken> Read(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var at = SkipSpace(sql, 0); at < sql.Length; at = SkipSpace(sql, tokens[^1].End)) tokens.Add(Next(sql, at));
        return tokens;
    }

    /// <summary>The statements between semicolons, without empty ones.</summary>
    public static IEnumerable<string> Split(string sql)
    {
        var start = -1;
        var end = 0;
        foreach (var token in Read(sql))
        {
            if (token.IsMark(';'))
            {
                if (start >= 0) yield return sql[start..end];
                start = -1;
                continue;
            }

            if (start < 0) start = token.Start;
            end = token.End;
        }

        if (start >= 0) yield return sql[start..end];
    }

    private static SqlToken Next(string sql, int at)
    {
        var first = sql[at];
        if (first == '"') return Quoted(sql, at);
        if (first == '\'') return Literal(sql, at, StringEnd(sql, at + 1, escapes: false));
        if (first is 'e' or 'E' && at + 1 < sql.Length && sql[at + 1] == '\'') return Literal(sql, at, StringEnd(sql, at + 2, escapes: true));
        if (first == '$' && DollarEnd(sql, at) is { } dollarEnd) return Literal(sql, at, dollarEnd);
        if (char.IsAsciiDigit(first)) return Literal(sql, at, While(sql, at, c => char.IsLetterOrDigit(c) || c is '_' or '.'));
        if (IsWord(first)) return Cut(SqlTokenKind.Word, sql, at, While(sql, at, IsWord));
        return Cut(SqlTokenKind.Mark, sql, at, at + 1);
    }

    private static SqlToken Quoted(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length)
        {
            if (sql[end] != '"') end++;
            else if (end + 1 < sql.Length && sql[end + 1] == '"') end += 2;
            else return new SqlToken(SqlTokenKind.QuotedName, at, end + 1, sql[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        return Cut(SqlTokenKind.Literal, sql, at, sql.Length);
    }

    private static int StringEnd(string sql, int at, bool escapes)
    {
        for (; at < sql.Length; at++)
        {
            if (escapes && sql[at] == '\\') at++;
            else if (sql[at] == '\'' && (at + 1 >= sql.Length || sql[at + 1] != '\'')) return at + 1;
            else if (sql[at] == '\'') at++;
        }

        return sql.Length;
    }

    private static int? DollarEnd(string sql, int at)
    {
        var tagEnd = While(sql, at + 1, c => char.IsLetterOrDigit(c) || c == '_');
        if (tagEnd >= sql.Length || sql[tagEnd] != '$' || (tagEnd > at + 1 && char.IsAsciiDigit(sql[at + 1]))) return null;
        var tag = sql[at..(tagEnd + 1)];
        var end = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + tag.Length;
    }

    private static int SkipSpace(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at])) at++;
            else if (sql.AsSpan(at).StartsWith("--")) at = sql.IndexOf('\n', at) is >= 0 and var line ? line + 1 : sql.Length;
            else if (sql.AsSpan(at).StartsWith("/*")) at = CommentEnd(sql, at + 2);
            else break;
        }

        return at;
    }

    private static int CommentEnd(string sql, int at)
    {
        for (var depth = 1; at < sql.Length; at++)
        {
            if (sql.AsSpan(at).StartsWith("*/") && --depth == 0) return at + 2;
            if (sql.AsSpan(at).StartsWith("/*")) depth++;
        }

        return sql.Length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || c > 127;

    private static int While(string sql, int at, Func<char, bool> belongs)
    {
        while (at < sql.Length && belongs(sql[at])) at++;
        return at;
    }

    private static SqlToken Literal(string sql, int start, int end) => Cut(SqlTokenKind.Literal, sql, start, end);

    private static SqlToken Cut(SqlTokenKind kind, string sql, int start, int end) => new(kind, start, end, sql[start..end]);
}
