using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake.Changes;
using Leat.Lake.Commits;
using Leat.Lake.Engine;
using Leat.Lake.Kernels;
using Leat.Lake.Protocol;
using Leat.Lake.Scans;
using Leat.Lake.Snapshots;
using Leat.Storage;

namespace Leat.Lake;

/// <summary>A Delta table in a local folder.</summary>
internal sealed class LakeTable : ILakeTable
{
    private readonly LakeParts _parts;
    private readonly TableLog _log;
    private readonly SnapshotReader _snapshots;
    private readonly Committer _committer;
    private readonly VersionReader _versions;
    private readonly Merger _merger;

    public LakeTable(string name, string root, LakeParts parts)
    {
        (Name, Root, _parts) = (name, Path.GetFullPath(root), parts);
        _log = new TableLog(new LocalObjectStore(Root, parts.Disk), Root);
        _snapshots = new SnapshotReader(name, _log, new CheckpointReader(_log, parts.Engine));
        _committer = new Committer(name, Root, _log, _snapshots, parts.Time);
        _versions = new VersionReader(name, _log, _snapshots);
        _merger = new Merger(name, Root, parts, _committer);
    }

    public string Name { get; }

    public string Root { get; }

    /// <summary>Whether there is a log.</summary>
    public async ValueTask<bool> ExistsAsync(CancellationToken ct) => await FindStateAsync(null, ct).ConfigureAwait(false) is not null;

    /// <summary>Makes version 0 unless the table exists.</summary>
    /// <exception cref="LeatException">LEAT3002 exists with another schema; LEAT3005 a column that Delta cannot hold.</exception>
    public async ValueTask CreateAsync(Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct)
    {
        if (await FindStateAsync(null, ct).ConfigureAwait(false) is not { } state)
        {
            var actions = TableCreation.Actions(Name, schema, partitionColumns, _parts.Time.GetUtcNow().ToUnixTimeMilliseconds());
            await _log.PutCommitAsync(0, actions, CancellationToken.None).ConfigureAwait(false);
            state = await StateAsync(null, ct).ConfigureAwait(false);
        }
        TableCreation.CheckSame(state, schema, partitionColumns);
    }

    public async ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct) => LakeSnapshot.Of(await StateAsync(version, ct).ConfigureAwait(false), Root);

    public async ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct) =>
        await _parts.Writer.WriteAsync(await StateAsync(null, ct).ConfigureAwait(false), Root, rows, ct).ConfigureAwait(false);

    public ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct) => _committer.CommitAsync(commit, ct);

    public async ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct)
    {
        var staged = await StageAsync(rows, ct).ConfigureAwait(false);
        var outcome = await CommitAsync(new LakeCommit(staged, transaction is null ? [] : [transaction]), ct).ConfigureAwait(false);
        if (outcome is not CommitOutcome.Committed) await DeleteStagedAsync(staged, ct).ConfigureAwait(false);
        return outcome;
    }

    public ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct) => _merger.MergeAsync(rows, merge, ct);

    public async ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct)
    {
        if (files.Table != Name) throw LakeErrors.OtherTable(Name, files.Table);
        var known = await FilesInLogAsync(ct).ConfigureAwait(false);
        var removed = 0;
        foreach (var file in files.Files.Where(f => !known.Contains(f.Path)))
        {
            var path = DataPath.Absolute(Root, file.Path);
            if (!File.Exists(path)) continue;
            _parts.Disk.Delete(path);
            removed++;
        }
        return removed;
    }

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct) => RowsAsync(ScanSql(snapshot), snapshot.Files.Select(f => f.Path), snapshot.Version, ct);

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct)
    {
        var state = StateOf(snapshot);
        foreach (var column in (string[])[.. slice.Columns, .. slice.Ranges.Select(r => r.Column), slice.OrderBy])
            if (state.Schema.Logical.IndexOf(column) < 0) throw LakeErrors.NoColumn(Name, column, state.Schema.Logical);
        var pruned = state with { Files = state.Files.RemoveRange(state.Files.Where(f => !SliceScan.MayHold(state, f.Value, slice)).Select(f => f.Key)) };
        return RowsAsync(SliceScan.Sql(ScanSql(pruned), slice), pruned.Files.Values.Select(f => f.Path), snapshot.Version, ct);
    }

    public IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct) =>
        RowsAsync(TableScan.FileSql(version, Root, file, columns, fromRow), [file.Path], version.Version, ct);

    public ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct) => _versions.StartAsync(version, ct);

    public ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct) => _versions.FindAsync(version, ct);

    /// <summary>The SELECT that reads the snapshot.</summary>
    /// <exception cref="LeatException">LEAT3011 cannot be read; LEAT3014 damaged deletion vector.</exception>
    public string ScanSql(LakeSnapshot snapshot) => ScanSql(StateOf(snapshot));

    private static TableState StateOf(LakeSnapshot snapshot) => snapshot.State ?? throw new ArgumentException("the snapshot was not made by this table", nameof(snapshot));

    private string ScanSql(TableState state)
    {
        return TableScan.Sql(state, Root);
    }

    private async IAsyncEnumerable<Batch> RowsAsync(string sql, IEnumerable<string> files, long version, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var connection = _parts.Engine.Connect();
        using var result = Guarded(files, version, () => connection.Query(sql, ct));
        while (Guarded(files, version, () => result.Fetch(ct)) is { } batch) yield return batch;
    }

    private T Guarded<T>(IEnumerable<string> files, long version, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDbException e) when (files.FirstOrDefault(f => !File.Exists(DataPath.Absolute(Root, f))) is { } gone)
        {
            throw LakeErrors.MissingData(Name, gone, version, e);
        }
    }

    /// <summary>Paths that any commit in the log adds; staged files among them must stay.</summary>
    private async ValueTask<HashSet<string>> FilesInLogAsync(CancellationToken ct)
    {
        var state = await StateAsync(null, ct).ConfigureAwait(false);
        var known = state.Files.Values.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        for (var version = state.Version; await _log.FindCommitAsync(version, ct).ConfigureAwait(false) is { } actions; version--)
            known.UnionWith(actions.OfType<DeltaAction.AddFile>().Select(a => a.Path));
        return known;
    }

    private ValueTask<TableState?> FindStateAsync(long? version, CancellationToken ct) => _snapshots.FindAsync(version, ct);

    private async ValueTask<TableState> StateAsync(long? version, CancellationToken ct) =>
        await FindStateAsync(version, ct).ConfigureAwait(false) ?? throw LakeErrors.NoTable(Name, null);
}
