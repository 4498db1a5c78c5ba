using Leat.Core;

namespace Leat.Sql;

/// <summary>What a relation of a room becomes inside a statement.</summary>
public abstract record SqlRelation
{
    private SqlRelation()
    {
    }

    /// <summary>A SELECT that the engine can run alone, for example over <c>read_parquet([...])</c>.</summary>
    public sealed record Query(string Sql) : SqlRelation;

    /// <summary>Batches made when the statement runs. The engine disposes them.</summary>
    public sealed record Rows(Schema Schema, Func<IEnumerable<Batch>> Open) : SqlRelation;
}
