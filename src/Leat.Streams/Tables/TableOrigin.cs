namespace Leat.Streams.Tables;

/// <summary>Where the rows of a lookup table come from.</summary>
internal abstract class TableOrigin<TRow>
{
    /// <summary>What it is, for figures and errors: a lake table with its version, a file, a database.</summary>
    public abstract string Kind { get; }

    /// <summary>Text that is equal as long as the rows are; null: nobody knows, so they are read each time.</summary>
    public virtual ValueTask<string?> StampAsync(TableSource source, CancellationToken ct) => ValueTask.FromResult<string?>(null);

    public abstract Task LoadAsync<TKey>(TableSource source, TableFill<TKey, TRow> fill, CancellationToken ct);
}
