using System.Collections.Immutable;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake.Engine;
using Leat.Lake.Protocol;

namespace Leat.Lake.Commits;

/// <summary>Merges rows into one table by copy on write: the files that hold rows of the given keys are written anew, with the given rows, and replaced in one commit.</summary>
internal sealed class Merger(string table, string root, LakeParts parts, Committer committer)
{
    public async ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct)
    {
        try
        {
            return await MergeCoreAsync(rows, merge, ct).ConfigureAwait(false);
        }
        catch (DuckDbException e)
        {
            throw LakeErrors.WriteFailed(table, e);
        }
    }

    private async ValueTask<CommitOutcome> MergeCoreAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct)
    {
        using var connection = parts.Engine.Connect();
        MergeSql? sql = null;
        StagedFiles? staged = null;
        var outcome = await committer.CommitAsync(
            merge.Transaction,
            async state =>
            {
                Discard(staged);
                staged = null;
                if (sql is null)
                {
                    var made = MergeSql.Of(state, root, merge.Key);
                    await LoadAsync(connection, made, rows, ct).ConfigureAwait(false);
                    sql = made;
                }

                var touched = Touched(connection, sql, state);
                staged = await parts.Writer.WriteAsync(state, root, Rows(connection, sql.Result(state, touched), ct), ct).ConfigureAwait(false);
                return touched.IsEmpty && staged.Files.IsEmpty ? null : new FileChange(touched, staged.Files);
            },
            ct).ConfigureAwait(false);
        if (sql is null) await DropAsync(rows, ct).ConfigureAwait(false);
        if (outcome is not CommitOutcome.Committed) Discard(staged);
        return outcome;
    }

    /// <summary>The last given row of each key, as a table of the connection.</summary>
    private async Task LoadAsync(DuckDbConnection connection, MergeSql sql, IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        var queue = new BatchQueue();
        var scan = parts.Engine.Database.AddScan(sql.Given, queue.Read);
        try
        {
            var loading = Task.Run(
                () =>
                {
                    try
                    {
                        connection.Execute(sql.Load(scan));
                    }
                    finally
                    {
                        queue.Close();
                    }
                }, CancellationToken.None);
            try
            {
                await queue.FillAsync(rows, batch => Check(sql, batch.Schema), ct).ConfigureAwait(false);
            }
            finally
            {
                await loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await loading.ConfigureAwait(false);
        }
        finally
        {
            parts.Engine.Database.RemoveScan(scan);
        }
    }

    private void Check(MergeSql sql, Schema given)
    {
        var wanted = sql.Given;
        var fits = wanted.Count == given.Count && wanted.Zip(given).SkipLast(1).All(p => p.First.Name == p.Second.Name && p.First.Type.Equals(p.Second.Type)) && given[^1].Type.Kind == TypeKind.Boolean;
        if (!fits) throw LakeErrors.MergeRows(table, new Schema([.. wanted.SkipLast(1)]), given);
    }

    /// <summary>Files that hold a row of the keys. Those whose statistics rule it out are not opened.</summary>
    private static ImmutableArray<DeltaAction.AddFile> Touched(DuckDbConnection connection, MergeSql sql, TableState state)
    {
        var touched = ImmutableArray.CreateBuilder<DeltaAction.AddFile>();
        foreach (var file in Possible(connection, sql, state))
        {
            using var result = connection.Query(sql.Holds(state, file));
            if (result.ToRows().Any()) touched.Add(file);
        }

        return touched.ToImmutable();
    }

    private static List<DeltaAction.AddFile> Possible(DuckDbConnection connection, MergeSql sql, TableState state)
    {
        if (state.Files.IsEmpty) return [];
        var files = state.Files.Values.OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        using var result = connection.Query(sql.Possible(files));
        return [.. result.ToRows().Select(row => files[Convert.ToInt32(row[0], System.Globalization.CultureInfo.InvariantCulture)])];
    }

    private static async IAsyncEnumerable<Batch> Rows(DuckDbConnection connection, string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var result = connection.Query(sql, ct);
        while (result.Fetch(ct) is { } batch) yield return batch;
    }

    private static async Task DropAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        await foreach (var batch in rows.WithCancellation(ct).ConfigureAwait(false)) batch.Dispose();
    }

    /// <summary>Files that no commit names.</summary>
    private void Discard(StagedFiles? staged)
    {
        foreach (var file in staged?.Files ?? []) parts.Disk.Delete(DataPath.Absolute(root, file.Path));
    }
}
