using System.Collections.Immutable;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake;

namespace Leat.Ingest.Files;

/// <summary>Loads files into lake tables: all that is new in one commit, which also marks the files, so that a file is loaded once whatever happens.</summary>
internal sealed class FileLoad(LeatProject project, ILakeCatalog lake) : IDisposable
{
    private readonly Lazy<DuckDbDatabase> _database = new(() => DuckDbDatabase.Open());

    /// <param name="source">What to load.</param>
    /// <param name="loadId">Goes into the rows.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <exception cref="LeatException">LEAT3208 no such folder; LEAT3209 a file cannot be read; LEAT3214 a file has other columns.</exception>
    public async Task<FileLoadResult> RunAsync(SourceDefinition.Files source, string loadId, CancellationToken ct)
    {
        var present = FileState.Find(project.Root, source.Path) ?? throw IngestErrors.NoFolder(source.Path, source.DeclaredAt);
        var table = await lake.FindAsync(source.Table, ct).ConfigureAwait(false);
        var marks = table is null ? ImmutableDictionary<string, long>.Empty : (await table.SnapshotAsync(null, ct).ConfigureAwait(false)).Transactions;
        var wanted = source.Mode == LoadMode.Append
            ? [.. present.Where(f => !marks.ContainsKey(f.Mark(source.Name)))]
            : IsCurrent(source, present, marks) ? [] : present;
        if (wanted.Count == 0 && (source.Mode == LoadMode.Append || table is null || IsCurrent(source, present, marks))) return new FileLoadResult(0, 0);
        table ??= await CreateAsync(source, wanted[0], ct).ConfigureAwait(false);
        var snapshot = await table.SnapshotAsync(null, ct).ConfigureAwait(false);
        var staged = await table.StageAsync(RowsAsync(source, wanted, snapshot.Schema, loadId, ct), ct).ConfigureAwait(false);
        ImmutableArray<LakeTransaction> marked = source.Mode == LoadMode.Append
            ? [.. wanted.Select(f => new LakeTransaction(f.Mark(source.Name), 1))]
            : [new LakeTransaction(FileState.SetMark(source.Name, present), snapshot.Version + 1)];
        var outcome = await table.CommitAsync(new LakeCommit(staged, marked) { Replace = source.Mode == LoadMode.Replace }, ct).ConfigureAwait(false);
        if (outcome is CommitOutcome.Committed) return new FileLoadResult(wanted.Count, staged.Files.Sum(f => f.Rows));
        await table.DeleteStagedAsync(staged, ct).ConfigureAwait(false);
        return outcome is CommitOutcome.AlreadyCommitted ? new FileLoadResult(0, 0) : throw IngestErrors.LandingLost(source.Table, outcome.ToString());
    }

    public void Dispose()
    {
        if (_database.IsValueCreated) _database.Value.Dispose();
    }

    /// <summary>The newest set in the table is the present one.</summary>
    private static bool IsCurrent(SourceDefinition.Files source, IReadOnlyList<FileState> present, ImmutableDictionary<string, long> marks)
    {
        var newest = marks.Where(m => m.Key.StartsWith(FileState.SetPrefix(source.Name), StringComparison.Ordinal)).OrderByDescending(m => m.Value).FirstOrDefault();
        return newest.Key == FileState.SetMark(source.Name, present);
    }

    private async Task<ILakeTable> CreateAsync(SourceDefinition.Files source, FileState first, CancellationToken ct)
    {
        using var connection = _database.Value.Connect();
        var schema = FileQuery.Table(source, Columns(connection, source, first));
        return await lake.CreateAsync(source.Table, schema, [], ct).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<Batch> RowsAsync(
        SourceDefinition.Files source, IReadOnlyList<FileState> files, Schema table, string loadId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var connection = _database.Value.Connect();
        foreach (var file in files)
        {
            var columns = Columns(connection, source, file);
            if (FileQuery.Unknown(columns, table) is { Count: > 0 } unknown)
                throw IngestErrors.OtherColumns(file.Shown, source.Table, string.Join(", ", unknown), table.ToString(), source.DeclaredAt);
            var firstLine = source is { Format: FileFormat.Csv, Header: true } ? 2 : 1;
            var sql = FileQuery.Project(FileQuery.Read(source, file.Path), columns, table, (loadId, file.Shown), firstLine);
            using var result = Guarded(source, file, () => connection.Query(sql, ct));
            while (Guarded(source, file, () => result.Fetch(ct)) is { } batch) yield return batch;
        }
    }

    private static Schema Columns(DuckDbConnection connection, SourceDefinition.Files source, FileState file)
    {
        using var result = Guarded(source, file, () => connection.Query($"{FileQuery.Read(source, file.Path)} LIMIT 0"));
        return source.Format == FileFormat.Ndjson ? Schema.Of(("json", DataType.Text)) : result.Schema;
    }

    private static T Guarded<T>(SourceDefinition.Files source, FileState file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDbException e)
        {
            throw IngestErrors.UnreadableFile(file.Shown, e.What, source.DeclaredAt, e);
        }
    }
}
