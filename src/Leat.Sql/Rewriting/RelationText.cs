namespace Leat.Sql;

/// <summary>Where a relation of a statement is written: its name, alias and AT clause.</summary>
internal static class RelationText
{
    /// <summary>The pieces to replace so that the relation becomes <paramref name="query"/>; the alias stays, or the name becomes one.</summary>
    public static IEnumerable<SqlSplice> Replace(List<SqlToken> tokens, TableReference table, string query)
    {
        var first = tokens.FindIndex(token => token.Start >= table.Position);
        var last = first;
        while (last + 2 < tokens.Count && tokens[last + 1].IsMark('.') && tokens[last + 2].IsName) last += 2;
        var isShown = first > 0 && (tokens[first - 1].Is("DESCRIBE") || tokens[first - 1].Is("DESC") || tokens[first - 1].Is("SUMMARIZE") || tokens[first - 1].Is("SHOW"));
        var replacement = isShown ? query : table.HasAlias ? $"({query})" : $"({query}) AS {Quote(table.Name)}";
        yield return new SqlSplice(tokens[first].Start, tokens[last].End, replacement);
        if (table.At is null) yield break;
        var at = tokens.FindIndex(last + 1, token => token.Is("AT"));
        yield return new SqlSplice(tokens[at].Start, tokens[SelectPart.Closing(tokens, at + 1)].End, "");
    }

    /// <summary>The expression written after <c>=></c> in the AT clause of the relation.</summary>
    public static string AtExpression(string sql, List<SqlToken> tokens, TableReference table)
    {
        var at = tokens.FindIndex(token => token.Start > table.Position && token.Is("AT"));
        return sql[tokens[at + 4].End..tokens[SelectPart.Closing(tokens, at + 1)].Start].Trim();
    }

    /// <summary>The piece to cut so that <c>schema.relation.column</c> becomes <c>relation.column</c>.</summary>
    public static SqlSplice Unqualify(List<SqlToken> tokens, int position, int parts)
    {
        var first = tokens.FindIndex(token => token.Start >= position);
        return new SqlSplice(tokens[first].Start, tokens[first + (2 * parts)].Start, "");
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
