using Leat.Core;

namespace Leat.Sql.Tests;

/// <summary>A source with one relation of each kind; remembers what it was asked.</summary>
internal sealed class FakeSource(string schema, string parquet) : ISqlSource
{
    public List<string> Asked { get; } = [];

    public string SchemaName => schema;

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>(["orders", "crm.people", "events"]);

    public ValueTask<SqlRelation?> ResolveAsync(string relation, SqlAt? at, CancellationToken ct)
    {
        Asked.Add(at is null ? relation : $"{relation}@{at.Version}{at.Time:yyyy-MM-dd HH:mm:ss}");
        SqlRelation? found = relation.ToLowerInvariant() switch
        {
            "orders" => new SqlRelation.Query("SELECT i AS id, i * 10 AS amount FROM range(5) t(i)"),
            "crm.people" => new SqlRelation.Query("SELECT 7 AS id, 'Ada' AS name"),
            "files" => new SqlRelation.Query($"SELECT * FROM read_parquet(['{parquet}'])"),
            "events" => new SqlRelation.Rows(Schema.Of(("id", DataType.Int64), ("kind", DataType.Text)), Events),
            _ => null,
        };
        return ValueTask.FromResult(found);
    }

    private static IEnumerable<Batch> Events()
    {
        using var builder = new BatchBuilder(Schema.Of(("id", DataType.Int64), ("kind", DataType.Text)));
        for (var i = 0; i < 3000; i++) builder.AppendRow((long)i, i % 2 == 0 ? "a view of a page" : "click");
        yield return builder.Build();
    }
}
