namespace Leat.Streams.Tables;

/// <summary>Rows of the lake table or file of a name.</summary>
internal sealed class NamedRows<TRow>(string table) : TableOrigin<TRow>
{
    public override string Kind => "lake table or file";

    public override async ValueTask<string?> StampAsync(TableSource source, CancellationToken ct) => await source.StampAsync(table, ct).ConfigureAwait(false);

    public override async Task LoadAsync<TKey>(TableSource source, TableFill<TKey, TRow> fill, CancellationToken ct)
    {
        var number = 0;
        await foreach (var (json, where) in source.ReadAsync(table, ct).ConfigureAwait(false)) fill.AddJson(json, $"{where}, row {++number}");
    }
}
