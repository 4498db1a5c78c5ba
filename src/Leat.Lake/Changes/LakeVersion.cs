using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake;

/// <summary>What one version did to the rows of a table. Files that were only rewritten (compaction) are not among them.</summary>
/// <param name="Table">Table name.</param>
/// <param name="Version">Counted from 0.</param>
/// <param name="CommittedAt">UTC, as the writer noted it.</param>
/// <param name="Schema">Columns at this version, partition columns included.</param>
/// <param name="Inserted">In the order of the log; of a start, in the order in which the files were written.</param>
/// <param name="Deleted">In the order of the log.</param>
public sealed record LakeVersion(string Table, long Version, DateTime CommittedAt, Schema Schema, ImmutableArray<LakeFile> Inserted, ImmutableArray<LakeFile> Deleted)
{
    /// <summary>Column of the change data feed: insert, delete, update_preimage or update_postimage.</summary>
    public const string ChangeType = "_change_type";

    /// <summary>Column that file reads end with: the row's place in its file, counted from 0.</summary>
    public const string RowNumber = "_row";

    /// <summary>Where the writer noted single changes, all of them: then what is inserted and deleted need not be read.</summary>
    public ImmutableArray<LakeFile> ChangeData { get; init; } = [];

    /// <summary>The table notes changes (delta.enableChangeDataFeed), so a version without <see cref="ChangeData"/> inserted and deleted whole rows, and updated none.</summary>
    public bool HasChangeFeed { get; init; }

    /// <summary>Protocol, metadata and schema at this version, without files.</summary>
    internal TableState? State { get; init; }
}
