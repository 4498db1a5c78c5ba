using System.Collections.Immutable;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake.Protocol;
using Leat.Lake.Scans;
using Leat.Storage;

namespace Leat.Lake.Engine;

/// <summary>Writes rows as Parquet files of a table, synced to disk, with their statistics.</summary>
internal sealed class ParquetWriter(LakeEngine engine, DurableFiles disk, LakeOptions options)
{
    /// <exception cref="LeatException">LEAT3006 rows of another schema; LEAT3007 NULL in a NOT NULL column; LEAT3018 writing failed.</exception>
    public async ValueTask<StagedFiles> WriteAsync(TableState state, string root, IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        TableFeatures.CheckAppend(state);
        var stage = Guid.NewGuid().ToString("N");
        var queue = new BatchQueue();
        try
        {
            var copying = Task.Run(() => Copy(state, root, stage, queue), CancellationToken.None);
            try
            {
                await queue.FillAsync(rows, batch => CheckShape(state, batch.Schema), ct).ConfigureAwait(false);
            }
            catch
            {
                await Quietly(copying).ConfigureAwait(false);
                throw;
            }
            var written = await copying.ConfigureAwait(false);
            return new StagedFiles(state.Table, Finish(state, root, written));
        }
        catch (Exception e)
        {
            Remove(root, stage);
            if (e is DuckDbException) throw LakeErrors.WriteFailed(state.Table, e);
            throw;
        }
    }

    private static void CheckShape(TableState state, Schema given)
    {
        var has = state.Schema.Logical;
        if (has.Count == given.Count && has.Zip(given).All(p => p.First.Name == p.Second.Name && p.First.Type.Equals(p.Second.Type))) return;
        throw LakeErrors.OtherRows(state.Table, has, given);
    }

    /// <summary>The producer's error is the one to tell; the copy only failed because of it.</summary>
    private static async Task Quietly(Task copying)
    {
        try
        {
            await copying.ConfigureAwait(false);
        }
        catch (Exception e) when (e is LeatException or OperationCanceledException or IOException or InvalidOperationException)
        {
            return;
        }
    }

    private List<WrittenFile> Copy(TableState state, string root, string stage, BatchQueue queue)
    {
        var scan = engine.Database.AddScan(state.Schema.Logical, queue.Read);
        try
        {
            disk.CreateFolder(root);
            using var connection = engine.Connect();
            using var result = connection.Query(CopySql(state, root, stage, scan));
            return [.. result.ToRows().Select(row => WrittenFile.Of(row))];
        }
        finally
        {
            queue.Close();
            engine.Database.RemoveScan(scan);
        }
    }

    private string CopySql(TableState state, string root, string stage, long scan)
    {
        var partitions = state.Metadata.PartitionColumns;
        var shape = partitions.IsEmpty ? $"FILE_SIZE_BYTES {options.TargetFileBytes}" : $"PARTITION_BY ({string.Join(", ", partitions.Select(SqlText.Name))})";
        return $"COPY (SELECT * FROM leat_scan({scan})) TO {SqlText.Literal(root)} (FORMAT parquet, COMPRESSION {options.Compression}, "
            + $"RETURN_STATS true, APPEND true, FILENAME_PATTERN 'part-{stage}-{{uuid}}', {shape})";
    }

    private ImmutableArray<StagedFile> Finish(TableState state, string root, List<WrittenFile> written)
    {
        var partitions = state.Metadata.PartitionColumns;
        var columns = state.Schema.Logical.Where(f => !partitions.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var staged = ImmutableArray.CreateBuilder<StagedFile>();
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in written)
        {
            if (file.Rows == 0)
            {
                File.Delete(file.Path);
                continue;
            }
            var values = PartitionFolders.Read(Path.GetRelativePath(root, file.Path), state);
            CheckNulls(state, columns, file, values);
            using (var open = disk.OpenOrCreate(file.Path)) open.Sync();
            for (var folder = Path.GetDirectoryName(file.Path)!; folders.Add(folder) && folder.Length > root.Length; folder = Path.GetDirectoryName(folder)!)
            {
            }
            staged.Add(new StagedFile(Path.GetRelativePath(root, file.Path).Replace('\\', '/'), file.SizeBytes, file.Rows, values, StatsJson.Write(file.Rows, columns, file.StatsOf)));
        }
        foreach (var folder in folders) disk.SyncFolder(folder);
        return staged.ToImmutable();
    }

    private static void CheckNulls(TableState state, List<Field> columns, WrittenFile file, ImmutableDictionary<string, string?> partitionValues)
    {
        foreach (var column in columns.Where(c => !c.Nullable))
            if (file.StatsOf([column.Name]) is { NullCount: > 0 } stats) throw LakeErrors.NullInNotNull(state.Table, column.Name, stats.NullCount);
        foreach (var (name, value) in partitionValues)
            if (value is null && state.Schema.Logical.First(f => f.Name == name) is { Nullable: false }) throw LakeErrors.NullInNotNull(state.Table, name, file.Rows);
    }

    private static void Remove(string root, string stage)
    {
        if (!Directory.Exists(root)) return;
        foreach (var file in Directory.EnumerateFiles(root, $"part-{stage}-*", SearchOption.AllDirectories)) File.Delete(file);
    }
}
