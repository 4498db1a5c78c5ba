namespace Leat.Streams.Tables;

/// <summary>Rows given in code.</summary>
internal sealed class GivenRows<TRow>(string table, IEnumerable<TRow> rows) : TableOrigin<TRow>
{
    public override string Kind => "code";

    public override Task LoadAsync<TKey>(TableSource source, TableFill<TKey, TRow> fill, CancellationToken ct)
    {
        foreach (var row in rows) fill.Add(row, table);
        return Task.CompletedTask;
    }
}
