using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake.Protocol;
using Leat.Lake.Snapshots;

namespace Leat.Lake.Changes;

/// <summary>Reads what single versions changed. Keeps the metadata of the version read last, so that following a table costs one commit file a version. Thread-safe.</summary>
internal sealed class VersionReader(string table, TableLog log, SnapshotReader snapshots)
{
    private TableState? _last;

    /// <summary>All live files of a version, in the order in which they were written.</summary>
    /// <exception cref="LeatException">LEAT3003, LEAT3004 no such table or version.</exception>
    public async ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct)
    {
        var state = await snapshots.FindAsync(version, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(table, null);
        var files = state.Files.Values.OrderBy(f => f.ModificationTimeMs).ThenBy(f => f.Path, StringComparer.Ordinal).Select(f => Whole(f, f.DeletionVector, LakeFileKind.Inserted)).ToImmutableArray();
        var newest = state.Files.Values.Select(f => f.ModificationTimeMs).DefaultIfEmpty(0).Max();
        return Of(Shell(state), [], newest) with { Inserted = files, ChangeData = [] };
    }

    /// <summary>What a version changed; null: there is no such version yet.</summary>
    /// <exception cref="LeatException">LEAT3003 no table; LEAT3020 its commit is no longer there.</exception>
    public async ValueTask<LakeVersion?> FindAsync(long version, CancellationToken ct)
    {
        if (await log.FindCommitAsync(version, ct).ConfigureAwait(false) is not { } actions)
        {
            var newest = await snapshots.FindAsync(null, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(table, null);
            return newest.Version < version ? null : throw LakeErrors.CommitGone(table, version, newest.Version);
        }

        var known = Volatile.Read(ref _last);
        var state = known is not null && known.Version == version - 1 ? Next(known, actions, version) : Shell(await snapshots.FindAsync(version, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(table, null));
        Volatile.Write(ref _last, state);
        return Of(state, actions, actions.OfType<DeltaAction.AddFile>().Select(a => a.ModificationTimeMs).DefaultIfEmpty(0).Max());
    }

    private static TableState Shell(TableState state) => state with { Files = ImmutableDictionary<FileKey, DeltaAction.AddFile>.Empty, Transactions = ImmutableDictionary<string, DeltaAction.SetTransaction>.Empty };

    private static TableState Next(TableState known, List<DeltaAction> actions, long version)
    {
        var replay = new LogReplay(known);
        replay.Apply([.. actions.Where(a => a is DeltaAction.ProtocolVersion or DeltaAction.Metadata)]);
        return replay.State(version);
    }

    private LakeVersion Of(TableState state, List<DeltaAction> actions, long latestMs)
    {
        var adds = actions.OfType<DeltaAction.AddFile>().Where(a => a.DataChange).ToList();
        var removes = actions.OfType<DeltaAction.RemoveFile>().Where(r => r.DataChange).ToList();
        var (inserted, deleted) = (ImmutableArray.CreateBuilder<LakeFile>(), ImmutableArray.CreateBuilder<LakeFile>());
        foreach (var remove in removes)
        {
            var path = DataPath.Canonical(remove.Path);
            if (adds.Find(a => DataPath.Canonical(a.Path) == path) is not { } same) deleted.Add(Whole(DataOf(remove, state), remove.DeletionVector, LakeFileKind.Deleted));
            else AddDifference(same, remove.DeletionVector, inserted, deleted);
        }

        var replaced = removes.Select(r => DataPath.Canonical(r.Path)).ToHashSet(StringComparer.Ordinal);
        inserted.AddRange(adds.Where(a => !replaced.Contains(DataPath.Canonical(a.Path))).Select(a => Whole(a, a.DeletionVector, LakeFileKind.Inserted)));
        var time = actions.OfType<DeltaAction.CommitInfo>().FirstOrDefault()?.TimestampMs is > 0 and var noted ? noted : latestMs;
        return new LakeVersion(table, state.Version, DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime, state.Schema.Logical, inserted.ToImmutable(), deleted.ToImmutable())
        {
            ChangeData = [.. actions.OfType<DeltaAction.ChangeFile>().Select(c => Whole(new DeltaAction.AddFile(c.Path, c.PartitionValues, c.SizeBytes, 0, false), null, LakeFileKind.ChangeData))],
            HasChangeFeed = state.Metadata.Configuration.GetValueOrDefault("delta.enableChangeDataFeed") == "true",
            State = state,
        };
    }

    private static LakeFile Whole(DeltaAction.AddFile file, DeletionVectorDescriptor? without, LakeFileKind kind)
    {
        var rows = StatsText.Rows(file.Stats);
        return new LakeFile(file.Path, rows < 0 ? -1 : rows - (without?.Cardinality ?? 0), kind) { Data = file, Without = without };
    }

    /// <summary>The file stays, with other deleted rows than before.</summary>
    private static void AddDifference(DeltaAction.AddFile file, DeletionVectorDescriptor? before, ImmutableArray<LakeFile>.Builder inserted, ImmutableArray<LakeFile>.Builder deleted)
    {
        var now = file.DeletionVector;
        if (now?.Id == before?.Id) return;
        if (now is not null) deleted.Add(new LakeFile(file.Path, Math.Max(0, now.Cardinality - (before?.Cardinality ?? 0)), LakeFileKind.Deleted) { Data = file, Only = now, Without = before });
        if (before is not null) inserted.Add(new LakeFile(file.Path, Math.Max(0, before.Cardinality - (now?.Cardinality ?? 0)), LakeFileKind.Inserted) { Data = file, Only = before, Without = now });
    }

    private DeltaAction.AddFile DataOf(DeltaAction.RemoveFile remove, TableState state)
    {
        if (!state.Metadata.PartitionColumns.IsEmpty && remove.PartitionValues.IsEmpty) throw LakeErrors.UnsupportedRead(table, $"the partition values of removed file '{remove.Path}', which its commit does not name; that");
        return new DeltaAction.AddFile(remove.Path, remove.PartitionValues, remove.SizeBytes ?? 0, 0, true);
    }
}
