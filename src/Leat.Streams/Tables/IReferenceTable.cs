namespace Leat.Streams.Tables;

/// <summary>A reference table as the job run sees it.</summary>
internal interface IReferenceTable : IDisposable
{
    /// <summary>Reads the rows; called before the first record.</summary>
    Task LoadAsync(TableSource source, CancellationToken ct);
}
