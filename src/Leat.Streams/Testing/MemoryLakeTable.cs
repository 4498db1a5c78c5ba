using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Testing;

/// <summary>One table of a <see cref="MemoryLake"/>. Thread-safe.</summary>
public sealed class MemoryLakeTable(string name, Schema schema) : ILakeTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<ImmutableArray<object?>>> _files = new(StringComparer.Ordinal);
    private readonly List<MemoryVersion> _versions = [MemoryVersion.Empty];

    public string Name => name;

    public string Root => $"memory:/{name}";

    /// <summary>Columns.</summary>
    public Schema Schema => schema;

    /// <summary>Whether <see cref="Change"/> notes what it does to single rows, as tables with a change data feed do.</summary>
    public bool HasChangeFeed { get; set; }

    /// <summary>Visible rows, in order of commit.</summary>
    public ImmutableArray<ImmutableArray<object?>> Rows
    {
        get
        {
            lock (_gate) return [.. _versions[^1].Live.SelectMany(f => _files[f.Path])];
        }
    }

    public ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct)
    {
        lock (_gate)
        {
            var number = version ?? _versions.Count - 1;
            return ValueTask.FromResult(new LakeSnapshot(name, Root, number, schema, [], _versions[(int)number].Live, _versions[(int)number].Transactions));
        }
    }

    public async ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        var kept = await TakeAsync(rows, ct).ConfigureAwait(false);
        lock (_gate) return new StagedFiles(name, [Keep(kept)]);
    }

    public ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct)
    {
        lock (_gate)
        {
            var last = _versions[^1];
            foreach (var transaction in commit.Transactions)
            {
                if (last.Transactions.TryGetValue(transaction.AppId, out var done) && done >= transaction.Version)
                    return ValueTask.FromResult<CommitOutcome>(new CommitOutcome.AlreadyCommitted(done));
            }

            var marks = last.Transactions.SetItems(commit.Transactions.Select(t => KeyValuePair.Create(t.AppId, t.Version)));
            _versions.Add(last.Then(commit.Files.Files, commit.Replace ? last.Live : []) with { Transactions = marks });
            return ValueTask.FromResult<CommitOutcome>(new CommitOutcome.Committed(_versions.Count - 1));
        }
    }

    public async ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct)
    {
        var given = await TakeAsync(rows, ct).ConfigureAwait(false);
        lock (_gate)
        {
            var before = _versions[^1];
            if (merge.Transaction is { } mark && before.Transactions.TryGetValue(mark.AppId, out var done) && done >= mark.Version) return new CommitOutcome.AlreadyCommitted(done);
            var key = merge.Key.Select(schema.IndexOf).ToList();
            string KeyOf(ImmutableArray<object?> row) => string.Join('|', key.Select(k => $"{row[k]?.GetType()}:{row[k]}"));
            var last = given.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            var merged = Rows.Where(r => !last.ContainsKey(KeyOf(r))).Concat(last.Values.Where(r => r[^1] is not true).Select(r => r[..^1])).ToList();
            var marks = merge.Transaction is { } made ? before.Transactions.SetItem(made.AppId, made.Version) : before.Transactions;
            _versions.Add(before.Then(merged.Count == 0 ? [] : [Keep(merged)], before.Live) with { Transactions = marks });
            return new CommitOutcome.Committed(_versions.Count - 1);
        }
    }

    /// <summary>One more version in which rows are changed or deleted, as another engine would do it: the files that hold them are written anew.</summary>
    /// <param name="change">Gives the row as it is to be, the same values to leave it, or null to delete it.</param>
    public void Change(Func<ImmutableArray<object?>, ImmutableArray<object?>?> change)
    {
        lock (_gate)
        {
            var (last, added, removed, feed) = (_versions[^1], new List<StagedFile>(), new List<StagedFile>(), new List<ImmutableArray<object?>>());
            foreach (var file in last.Live)
            {
                var (before, noted) = (_files[file.Path], feed.Count);
                var after = before.Select(row => Noted(row, change(row), feed)).OfType<ImmutableArray<object?>>().ToList();
                if (feed.Count == noted) continue;
                removed.Add(file);
                if (after.Count > 0) added.Add(Keep(after));
            }

            _versions.Add(last.Then([.. added], [.. removed]) with { ChangeData = HasChangeFeed && feed.Count > 0 ? [Keep(feed)] : [] });
        }
    }

    /// <summary>One more version in which live files are written anew as one, without any change of rows, as a compaction does it.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            var last = _versions[^1];
            var rows = last.Live.SelectMany(f => _files[f.Path]).ToList();
            _versions.Add(last.Rewritten(rows.Count == 0 ? [] : [Keep(rows)]));
        }
    }

    public ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct)
    {
        lock (_gate) return ValueTask.FromResult(files.Files.Count(f => !_versions.Exists(v => v.Live.Contains(f)) && _files.Remove(f.Path)));
    }

    public async ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct) =>
        await ((ILakeTable)this).CommitAsync(await StageAsync(rows, ct).ConfigureAwait(false), transaction, ct).ConfigureAwait(false);

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct)
    {
        lock (_gate) return MemoryRows.ReadAsync(schema, [.. snapshot.Files.SelectMany(f => _files[f.Path])]);
    }

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct)
    {
        lock (_gate)
        {
            var order = schema.IndexOf(slice.OrderBy);
            var rows = snapshot.Files.SelectMany(f => _files[f.Path]).Where(row => slice.Ranges.All(r => MemoryRows.IsIn(row[schema.IndexOf(r.Column)], r))).OrderBy(row => row[order]).Take(slice.Limit);
            return MemoryRows.ReadAsync(new Schema([.. slice.Columns.Select(c => schema[schema.IndexOf(c)])]), [.. rows.Select(row => slice.Columns.Select(c => row[schema.IndexOf(c)]).ToImmutableArray())]);
        }
    }

    public ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct)
    {
        lock (_gate)
        {
            var number = (int)(version ?? _versions.Count - 1);
            return ValueTask.FromResult(new LakeVersion(name, number, DateTime.UnixEpoch.AddSeconds(number), schema, [.. _versions[number].Live.Select(f => FileOf(f, LakeFileKind.Inserted))], []));
        }
    }

    public ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct)
    {
        lock (_gate)
        {
            if (version >= _versions.Count) return ValueTask.FromResult<LakeVersion?>(null);
            var found = _versions[(int)version];
            return ValueTask.FromResult<LakeVersion?>(new LakeVersion(name, version, DateTime.UnixEpoch.AddSeconds(version), schema, [.. found.Added.Select(f => FileOf(f, LakeFileKind.Inserted))], [.. found.Removed.Select(f => FileOf(f, LakeFileKind.Deleted))])
            {
                ChangeData = [.. found.ChangeData.Select(f => FileOf(f, LakeFileKind.ChangeData))], HasChangeFeed = HasChangeFeed,
            });
        }
    }

    public IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct)
    {
        var change = new Field(LakeVersion.ChangeType, DataType.Text);
        var fields = columns.Select(c => (Field: c == LakeVersion.ChangeType ? change : schema[schema.IndexOf(c)], Place: c == LakeVersion.ChangeType ? schema.Count : schema.IndexOf(c))).ToList();
        lock (_gate)
        {
            var rows = _files[file.Path].Select((row, i) => (Row: row, Number: (long)i)).Where(r => r.Number >= fromRow);
            return MemoryRows.ReadAsync(new Schema([.. fields.Select(f => f.Field), new Field(LakeVersion.RowNumber, DataType.Int64)]), [.. rows.Select(r => fields.Select(f => r.Row[f.Place]).Append(r.Number).ToImmutableArray())]);
        }
    }

    /// <summary>The row after a change, which is noted with its kind as last value.</summary>
    private static ImmutableArray<object?>? Noted(ImmutableArray<object?> before, ImmutableArray<object?>? after, List<ImmutableArray<object?>> feed)
    {
        if (after is not { } row) feed.Add(before.Add("delete"));
        else if (!row.SequenceEqual(before)) feed.AddRange([row.Add("update_postimage"), before.Add("update_preimage")]); // in no order that a reader may rely on
        return after;
    }

    private StagedFile Keep(List<ImmutableArray<object?>> rows)
    {
        var path = (_files.Count + 1).ToString("D6", CultureInfo.InvariantCulture);
        _files.Add(path, rows);
        return new StagedFile(path, 0, rows.Count, ImmutableDictionary<string, string?>.Empty, "{}");
    }

    private static async Task<List<ImmutableArray<object?>>> TakeAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        var taken = new List<ImmutableArray<object?>>();
        await foreach (var batch in rows.WithCancellation(ct).ConfigureAwait(false))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) taken.Add([.. Enumerable.Range(0, batch.ColumnCount).Select(c => batch[c].GetValue(row))]);
        }

        return taken;
    }

    private static LakeFile FileOf(StagedFile file, LakeFileKind kind) => new(file.Path, file.Rows, kind);
}
