namespace Leat.Streams.Tables;

/// <summary>A reference table as the job run sees it.</summary>
internal interface IReferenceTable : IDisposable
{
    TableOptions Options { get; }

    TableFigures Figures { get; }

    /// <summary>Reads the rows, unless they are known to be those that it has, and puts them in the place of those; called before the first record, then when a refresh is due. When it fails the table stays as it is.</summary>
    Task LoadAsync(TableSource source, TimeProvider time, CancellationToken ct);

    /// <summary>A refresh failed.</summary>
    void Failed(string reason);
}
