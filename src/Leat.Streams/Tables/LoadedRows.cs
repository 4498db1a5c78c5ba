namespace Leat.Streams.Tables;

/// <summary>Rows that code of the job fetches.</summary>
internal sealed class LoadedRows<TRow>(string table, Func<CancellationToken, IAsyncEnumerable<TRow>> load) : TableOrigin<TRow>
{
    public override string Kind => "loader";

    public override async Task LoadAsync<TKey>(TableSource source, TableFill<TKey, TRow> fill, CancellationToken ct)
    {
        var number = 0;
        await foreach (var row in load(ct).WithCancellation(ct).ConfigureAwait(false)) fill.AddCopy(row, $"{table}, row {++number}");
    }
}
