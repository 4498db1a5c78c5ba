namespace Leat.Sql;

/// <summary>Where the SELECT stands inside a statement of another kind.</summary>
internal static class SelectPart
{
    private static readonly string[] Starts = ["SELECT", "WITH", "FROM", "VALUES", "DESCRIBE", "DESC", "SUMMARIZE", "TABLE"];

    /// <summary>Characters of the SELECT of a SELECT, EXPLAIN, CREATE ... AS, INSERT or COPY (...); null where there is none.</summary>
    public static (int Start, int End)? Find(string sql)
    {
        var tokens = SqlLexer.Read(sql);
        if (tokens.Count > 0 && tokens[^1].IsMark(';')) tokens.RemoveAt(tokens.Count - 1);
        return tokens.Count == 0 ? null : Find(tokens, 0, tokens[^1].End);
    }

    private static (int Start, int End)? Find(List<SqlToken> tokens, int first, int end)
    {
        var head = tokens[first];
        if (head.IsMark('(') || Starts.Any(head.Is)) return (head.Start, end);
        if (head.Is("EXPLAIN"))
        {
            var next = first + 1;
            if (next < tokens.Count && tokens[next].Is("ANALYZE")) next++;
            if (next < tokens.Count && tokens[next].IsMark('(')) next = Closing(tokens, next) + 1;
            return next < tokens.Count ? Find(tokens, next, end) : null;
        }

        if (head.Is("CREATE")) return Created(tokens, first, end);
        if (head.Is("INSERT")) return Inserted(tokens, first, end);
        if (head.Is("COPY") && first + 1 < tokens.Count && tokens[first + 1].IsMark('(')) return Inside(tokens, first + 1);
        return null;
    }

    private static (int, int)? Created(List<SqlToken> tokens, int first, int end)
    {
        for (var i = first + 1; i < tokens.Count - 1; i++)
        {
            if (tokens[i].IsMark('(')) i = Closing(tokens, i);
            else if (tokens[i].Is("AS")) return (tokens[i + 1].Start, WithoutData(tokens, end));
        }

        return null;
    }

    private static int WithoutData(List<SqlToken> tokens, int end)
    {
        var count = tokens.Count;
        if (count < 4 || !tokens[count - 1].Is("DATA")) return end;
        var start = tokens[count - 2].Is("NO") ? count - 3 : count - 2;
        return tokens[start].Is("WITH") ? tokens[start - 1].End : end;
    }

    private static (int, int)? Inserted(List<SqlToken> tokens, int first, int end)
    {
        for (var i = first + 1; i < tokens.Count; i++)
        {
            if (Starts.Any(tokens[i].Is)) return (tokens[i].Start, BeforeConflict(tokens, i, end));
            if (!tokens[i].IsMark('(')) continue;
            if (i + 1 < tokens.Count && Starts.Any(tokens[i + 1].Is)) return Inside(tokens, i);
            i = Closing(tokens, i);
        }

        return null;
    }

    private static int BeforeConflict(List<SqlToken> tokens, int from, int end)
    {
        for (var i = from; i < tokens.Count; i++)
        {
            if (tokens[i].IsMark('(')) i = Closing(tokens, i);
            else if (tokens[i].Is("RETURNING") || (tokens[i].Is("ON") && i + 1 < tokens.Count && tokens[i + 1].Is("CONFLICT"))) return tokens[i - 1].End;
        }

        return end;
    }

    private static (int, int) Inside(List<SqlToken> tokens, int open) => (tokens[open].End, tokens[Math.Min(Closing(tokens, open), tokens.Count - 1)].Start);

    /// <summary>Index of the bracket that closes the one at <paramref name="open"/>; past the end when none does.</summary>
    internal static int Closing(List<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            if (tokens[i].IsMark('(')) depth++;
            else if (tokens[i].IsMark(')') && --depth == 0) return i;
        }

        return tokens.Count;
    }
}
