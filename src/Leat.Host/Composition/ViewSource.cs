using Leat.Sql;
using Leat.Streams.Views;

namespace Leat.Host.Composition;

/// <summary>The live views of stream jobs as relations of SQL: <c>views.NAME</c>, fresh.</summary>
internal sealed class ViewSource(IViewStore views) : ISqlSource
{
    public string SchemaName => "views";

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => new([.. views.List().Select(v => v.Name)]);

    public ValueTask<SqlRelation?> ResolveAsync(string relation, SqlAt? at, CancellationToken ct) =>
        new(views.Find(relation) is { } view ? new SqlRelation.Rows(view.Schema, () => view.Scan(ViewConsistency.Fresh)) : null);
}
