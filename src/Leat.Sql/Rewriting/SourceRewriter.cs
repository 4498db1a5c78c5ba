using System.Collections.Immutable;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>Puts what the sources say in place of their relations. The rest of the text stays as the user wrote it, so that the engine's positions can be led back.</summary>
internal sealed class SourceRewriter(SqlParser parser, IEnumerable<ISqlSource> sources)
{
    private readonly ImmutableArray<ISqlSource> _sources = [.. sources];

    /// <summary>Whether the text may name a relation of a source: <c>schema.</c> stands somewhere outside strings and comments.</summary>
    public string? Mentioned(string sql)
    {
        var tokens = SqlLexer.Read(sql);
        for (var i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].IsName && tokens[i + 1].IsMark('.') && SourceOf(tokens[i].Text) is { } source) return source.SchemaName;
        return null;
    }

    /// <summary>The source whose schema is so called, or null.</summary>
    public ISqlSource? SourceOf(string schema) => _sources.FirstOrDefault(source => string.Equals(source.SchemaName, schema, StringComparison.OrdinalIgnoreCase));

    /// <summary>The statement with its relations replaced; statements without a SELECT are returned as they are.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="scans">Takes the rows that sources make when the statement runs.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="LeatException">LEAT1501 syntax; LEAT1502 unknown relation of a source; LEAT1507 AT without a constant.</exception>
    public async ValueTask<RewrittenSql> RewriteAsync(string sql, ScanLease scans, CancellationToken ct)
    {
        if (Mentioned(sql) is null || SelectPart.Find(sql) is not var (start, end)) return new RewrittenSql(sql, []);
        var select = sql[start..end];
        if (parser.Parse(select) is not { } tree) return new RewrittenSql(sql, []);
        var inner = await RewriteSelectAsync(select, tree, scans, ct).ConfigureAwait(false);
        return new RewrittenSql(sql, inner.Select(splice => splice with { Start = splice.Start + start, End = splice.End + start }));
    }

    /// <summary>Replacements for all relations of sources in a parsed SELECT.</summary>
    public async ValueTask<IReadOnlyList<SqlSplice>> RewriteSelectAsync(string select, StatementTree tree, ScanLease scans, CancellationToken ct)
    {
        var tokens = SqlLexer.Read(select);
        var splices = new List<SqlSplice>();
        foreach (var table in tree.Tables)
        {
            var nested = table.Catalog.Length > 0;
            if (SourceOf(nested ? table.Catalog : table.Schema) is not { } source) continue;
            var name = nested ? $"{table.Schema}.{table.Name}" : table.Name;
            var relation = await source.ResolveAsync(name, At(select, tokens, table), ct).ConfigureAwait(false);
            if (relation is null)
            {
                var known = await source.ListAsync(ct).ConfigureAwait(false);
                throw SqlErrors.UnknownRelation($"{source.SchemaName}.{name}", select, table.Position, known.Select(one => $"{source.SchemaName}.{one}"));
            }

            splices.AddRange(RelationText.Replace(tokens, table, Query(relation, scans)));
        }

        foreach (var column in tree.Columns)
        {
            var parts = Qualifiers(column, tree);
            if (parts > 0) splices.Add(RelationText.Unqualify(tokens, column.Position, parts));
        }

        return splices;
    }

    /// <summary>Leading parts of a column's name that a derived table has no more: the schema, and the catalog of nested names.</summary>
    private int Qualifiers(ColumnReference column, StatementTree tree)
    {
        if (SourceOf(column.Parts[0]) is null) return 0;
        var isTwo = tree.Tables.Any(table => table.Catalog.Length == 0 && Same(table.Schema, column.Parts[0]) && Same(table.Name, column.Parts[1]));
        if (isTwo) return 1;
        var isThree = column.Parts.Length > 3 && tree.Tables.Any(table => Same(table.Catalog, column.Parts[0]) && Same(table.Schema, column.Parts[1]) && Same(table.Name, column.Parts[2]));
        return isThree ? 2 : 0;
    }

    private static string Query(SqlRelation relation, ScanLease scans) => relation switch
    {
        SqlRelation.Query query => query.Sql.Trim().TrimEnd(';'),
        SqlRelation.Rows rows => $"SELECT * FROM leat_scan({scans.Add(new DuckDbTableScan(rows.Schema, _ => rows.Open()))})",
        _ => throw new NotSupportedException(relation.GetType().Name),
    };

    private SqlAt? At(string select, List<SqlToken> tokens, TableReference table)
    {
        if (table.At is not var (unit, _)) return null;
        var written = RelationText.AtExpression(select, tokens, table);
        try
        {
            if (unit.Equals("VERSION", StringComparison.OrdinalIgnoreCase)) return new SqlAt(Convert.ToInt64(parser.Evaluate($"({written})::BIGINT"), null), null);
            if (parser.Evaluate($"({written})::TIMESTAMPTZ") is DateTime time) return new SqlAt(null, new DateTimeOffset(time, TimeSpan.Zero));
        }
        catch (DuckDbException)
        {
            throw SqlErrors.BadTime(written, select, table.Position);
        }

        throw SqlErrors.BadTime(written, select, table.Position);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
