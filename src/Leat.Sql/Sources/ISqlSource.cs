namespace Leat.Sql;

/// <summary>Relations that a room offers to SQL under a schema name of its own: lake tables, views, topics.</summary>
public interface ISqlSource
{
    /// <summary>Schema name in SQL: "lake", "views", "topics".</summary>
    string SchemaName { get; }

    /// <summary>Names of the relations, for completion and "did you mean".</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct);

    /// <summary>What the relation becomes in the statement, or null when there is none of that name.</summary>
    /// <param name="relation">Name as written after the schema; dots separate nested schemas.</param>
    /// <param name="at">Version or time asked for by <c>AT (...)</c>; null = newest.</param>
    /// <param name="ct">Cancels.</param>
    ValueTask<SqlRelation?> ResolveAsync(string relation, SqlAt? at, CancellationToken ct);
}
