using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Lake;

/// <summary>One Delta table. Thread-safe.</summary>
public interface ILakeTable
{
    string Name { get; }

    /// <summary>Absolute path of the table folder.</summary>
    string Root { get; }

    /// <summary>State at a version; null = newest.</summary>
    /// <exception cref="LeatException">LEAT3004 no such version; LEAT3010 gap in the log; LEAT3011 unsupported feature (names it).</exception>
    ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct);

    /// <summary>Writes the rows as Parquet files, synced to disk, without making them visible. The batches are disposed.</summary>
    /// <returns>Files in no particular order; none when there were no rows.</returns>
    /// <exception cref="LeatException">LEAT3006 rows of another schema; LEAT3007 NULL where the table forbids it; LEAT3012 a feature that cannot be written.</exception>
    ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct);

    /// <summary>Makes staged files visible in one commit.</summary>
    /// <param name="files">What <see cref="StageAsync"/> returned, also after a restart.</param>
    /// <param name="transaction">When given and its version is not above the table's for that application, nothing is committed and the outcome says so.</param>
    /// <param name="ct">Ignored once the commit file is being put.</param>
    ValueTask<CommitOutcome> CommitAsync(StagedFiles files, LakeTransaction? transaction, CancellationToken ct) =>
        CommitAsync(new LakeCommit(files, transaction is null ? [] : [transaction]), ct);

    /// <summary>Makes staged files visible in one commit, with several marks or in place of all rows.</summary>
    /// <exception cref="LeatException">LEAT3013 a staged file is gone; LEAT3015 lost too many races (retry); LEAT3016 staged for another table.</exception>
    ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct);

    /// <summary>Stage and commit. When nothing was committed, the staged files are removed.</summary>
    ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct);

    /// <summary>Puts rows in place of those of the same key, and takes rows out, in one commit: of the files that hold such rows new ones are written, the others stay. Where the table had one row a key it has so at every version.</summary>
    /// <param name="rows">The table's columns, then a BOOLEAN: true = there is no row of that key any more. Of several rows of a key the last one counts. The batches are disposed.</param>
    /// <param name="merge">Key and mark.</param>
    /// <param name="ct">Ignored once the commit file is being put.</param>
    /// <exception cref="LeatException">LEAT3006 rows of other columns, or a key that is none; LEAT3007 NULL where the table forbids it; LEAT3012 a feature that cannot be written; LEAT3015 lost too many races (retry).</exception>
    ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct);

    /// <summary>Removes staged files that will never be committed. Files that are part of any version in the log are kept.</summary>
    /// <returns>Files removed.</returns>
    ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct);

    /// <summary>Rows of a snapshot. Batches are the caller's to dispose.</summary>
    IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct);

    /// <summary>Rows of a snapshot between values of its columns, in order. Batches are the caller's to dispose.</summary>
    /// <exception cref="LeatException">LEAT3021 no such column.</exception>
    IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct);

    /// <summary>All live rows of a version as if it had inserted them; null = newest.</summary>
    /// <exception cref="LeatException">LEAT3004 no such version.</exception>
    ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct);

    /// <summary>What a version changed; null: there is no such version yet.</summary>
    /// <exception cref="LeatException">LEAT3020 its commit is no longer there.</exception>
    ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct);

    /// <summary>Rows of one file in its order, the same each time. The last column is <see cref="LakeVersion.RowNumber"/>, BIGINT. Batches are the caller's to dispose.</summary>
    /// <param name="version">What <see cref="StartAsync"/> or <see cref="FindVersionAsync"/> gave.</param>
    /// <param name="file">Of this version.</param>
    /// <param name="columns">Columns wanted, in their order; <see cref="LakeVersion.ChangeType"/> too of change data.</param>
    /// <param name="fromRow">First row number wanted.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="LeatException">LEAT3019 the file is gone; LEAT3021 no such column.</exception>
    IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct);
}
