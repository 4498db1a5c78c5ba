using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The warehouse as templates use it: they are rendered synchronously, so these calls block the rendering thread.</summary>
internal interface IWarehouseQueries
{
    /// <summary>Rows of a SELECT; other statements are run and give no rows.</summary>
    QueryTable Query(string sql);

    /// <summary>The relation with its kind, or null when it is not there.</summary>
    Relation? Find(string schema, string identifier);

    /// <summary>Name and type of each column, in order.</summary>
    IReadOnlyList<(string Name, string Type)> Columns(Relation relation);
}
