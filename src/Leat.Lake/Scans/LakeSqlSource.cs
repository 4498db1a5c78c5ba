using Leat.Sql;

namespace Leat.Lake.Scans;

/// <summary>Lake tables in SQL: <c>lake.table</c> and <c>lake.schema.table</c>, also <c>AT (VERSION => n)</c>.</summary>
internal sealed class LakeSqlSource(LakeCatalog catalog) : ISqlSource
{
    public string SchemaName => "lake";

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => catalog.ListAsync(ct);

    public async ValueTask<SqlRelation?> ResolveAsync(string relation, SqlAt? at, CancellationToken ct)
    {
        if (!TableName.TryParse(relation, out var name) || await catalog.FindTableAsync(name, ct).ConfigureAwait(false) is not { } table) return null;
        if (at is { Time: not null }) throw LakeErrors.TimeTravelByTime(table.Name);
        return new SqlRelation.Query(table.ScanSql(await table.SnapshotAsync(at?.Version, ct).ConfigureAwait(false)));
    }
}
