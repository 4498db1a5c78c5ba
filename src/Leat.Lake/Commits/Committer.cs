using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake.Protocol;
using Leat.Lake.Snapshots;

namespace Leat.Lake.Commits;

/// <summary>Puts commits at the end of one table's log, moving to the next version when another writer was first.</summary>
internal sealed class Committer(string table, string root, TableLog log, SnapshotReader snapshots, TimeProvider time)
{
    private const int MostAttempts = 100;

    /// <exception cref="LeatException">LEAT3003 no table; LEAT3012 cannot be written; LEAT3013 staged file gone; LEAT3015 lost too many races; LEAT3016 other table.</exception>
    public async ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct)
    {
        if (commit.Files.Table != table) throw LakeErrors.OtherTable(table, commit.Files.Table);
        DeltaAction.Metadata? metadata = null;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var state = await snapshots.FindAsync(null, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(table, null);
            metadata ??= state.Metadata;
            if (!SameShape(metadata, state.Metadata)) return new CommitOutcome.Conflict(state.Version, "another commit changed the table's schema or partitioning");
            if (Replayed(commit.Transactions, state) is { } replayed) return replayed;
            if (commit.Replace) TableFeatures.CheckRemove(state);
            else TableFeatures.CheckAppend(state);
            if (commit is { Files.Files.IsEmpty: true, Transactions.IsEmpty: true, Replace: false }) return new CommitOutcome.Committed(state.Version);
            var actions = Actions(commit, state);
            if (await PutAsync(state.Version + 1, actions).ConfigureAwait(false))
                return new CommitOutcome.Committed(snapshots.Advance(state, actions).Version);
            ct.ThrowIfCancellationRequested();
        }
        throw LakeErrors.TooManyConflicts(table, MostAttempts);
    }

    /// <summary>Commits what <paramref name="change"/> makes of the newest state, and makes it again when another writer was first.</summary>
    /// <param name="mark">Checked on each state; null = none.</param>
    /// <param name="change">Files that leave the table and such that come; null = there is nothing to change. What it wrote for a state that was overtaken it removes itself at its next call.</param>
    /// <param name="ct">Ignored once the commit file is being put.</param>
    public async ValueTask<CommitOutcome> CommitAsync(LakeTransaction? mark, Func<TableState, ValueTask<FileChange?>> change, CancellationToken ct)
    {
        DeltaAction.Metadata? metadata = null;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            ct.ThrowIfCancellationRequested();
            var state = await snapshots.FindAsync(null, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(table, null);
            metadata ??= state.Metadata;
            if (!SameShape(metadata, state.Metadata)) return new CommitOutcome.Conflict(state.Version, "another commit changed the table's schema or partitioning");
            IEnumerable<LakeTransaction> marks = mark is null ? [] : [mark];
            if (Replayed(marks, state) is { } replayed) return replayed;
            TableFeatures.CheckRemove(state);
            var changed = await change(state).ConfigureAwait(false);
            if (changed is null && mark is null) return new CommitOutcome.Committed(state.Version);
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            List<DeltaAction> actions = [CommitMark.Merge(now, state)];
            if (mark is not null) actions.Add(new DeltaAction.SetTransaction(mark.AppId, mark.Version, now));
            actions.AddRange((changed?.Removed ?? []).Select(f => Remove(f, now)));
            actions.AddRange((changed?.Added ?? []).Select(Add));
            if (await PutAsync(state.Version + 1, actions).ConfigureAwait(false)) return new CommitOutcome.Committed(snapshots.Advance(state, actions).Version);
        }

        throw LakeErrors.TooManyConflicts(table, MostAttempts);
    }

    private static bool SameShape(DeltaAction.Metadata before, DeltaAction.Metadata now) =>
        ReferenceEquals(before, now) || (before.SchemaString == now.SchemaString && before.PartitionColumns.SequenceEqual(now.PartitionColumns));

    private static CommitOutcome.AlreadyCommitted? Replayed(IEnumerable<LakeTransaction> marks, TableState state)
    {
        foreach (var mark in marks)
            if (state.Transactions.GetValueOrDefault(mark.AppId) is { } done && done.Version >= mark.Version) return new CommitOutcome.AlreadyCommitted(done.Version);
        return null;
    }

    private List<DeltaAction> Actions(LakeCommit commit, TableState state)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<DeltaAction> actions = [CommitMark.Write(now, commit.Replace ? "Overwrite" : "Append", state)];
        foreach (var mark in commit.Transactions) actions.Add(new DeltaAction.SetTransaction(mark.AppId, mark.Version, now));
        var added = commit.Files.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        if (commit.Replace)
            actions.AddRange(state.Files.Values.Where(f => !added.Contains(f.Path)).Select(f => Remove(f, now)));
        foreach (var file in commit.Files.Files) actions.Add(Add(file));
        return actions;
    }

    private static DeltaAction.RemoveFile Remove(DeltaAction.AddFile file, long nowMs) => new(file.Path)
    {
        DeletionTimestampMs = nowMs, DeletionVector = file.DeletionVector, PartitionValues = file.PartitionValues, SizeBytes = file.SizeBytes,
    };

    private DeltaAction.AddFile Add(StagedFile file)
    {
        var info = new FileInfo(DataPath.Absolute(root, file.Path));
        if (!info.Exists) throw LakeErrors.MissingFile(table, file.Path);
        var modified = new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeMilliseconds();
        return new DeltaAction.AddFile(file.Path, file.PartitionValues, file.SizeBytes, modified, DataChange: true) { Stats = file.StatsJson };
    }

    /// <summary>An error after which nobody knows whether the commit is there is settled by reading it back.</summary>
    private async ValueTask<bool> PutAsync(long version, List<DeltaAction> actions)
    {
        try
        {
            return await log.PutCommitAsync(version, actions, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or LeatException { Retry: Retry.WithBackoff })
        {
            var stored = await log.FindCommitAsync(version, CancellationToken.None).ConfigureAwait(false);
            if (stored is not null && CommitMark.IdOf(stored) == CommitMark.IdOf(actions)) return true;
            throw;
        }
    }
}
