using Leat.Core;

namespace Leat.Lake;

/// <summary>One Delta table.</summary>
public interface ILakeTable
{
    string Name { get; }

    /// <summary>Absolute path of the table folder.</summary>
    string Root { get; }

    /// <summary>State at a version; null = newest.</summary>
    /// <exception cref="LeatException">LEAT3004 no such version; LEAT3010 gap in the log; LEAT3011 unsupported feature (names it).</exception>
    ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct);

    /// <summary>Writes the rows as Parquet files without making them visible. The batches are disposed.</summary>
    ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct);

    /// <summary>Makes staged files visible in one commit.</summary>
    /// <param name="files">What <see cref="StageAsync"/> returned, also after a restart.</param>
    /// <param name="transaction">When given and its version is not above the table's for that application, nothing is committed and the outcome says so.</param>
    /// <param name="ct">Ignored once the commit file is being put.</param>
    ValueTask<CommitOutcome> CommitAsync(StagedFiles files, LakeTransaction? transaction, CancellationToken ct);

    /// <summary>Stage and commit.</summary>
    ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct);

    /// <summary>Rows of a snapshot. Batches are the caller's to dispose.</summary>
    IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct);
}
