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
    private ImmutableArray<StagedFile> _live = [];
    private ImmutableDictionary<string, long> _transactions = ImmutableDictionary<string, long>.Empty;
    private long _version;
    private int _written;

    public string Name => name;

    public string Root => $"memory:/{name}";

    /// <summary>Columns.</summary>
    public Schema Schema => schema;

    /// <summary>Visible rows, in order of commit.</summary>
    public ImmutableArray<ImmutableArray<object?>> Rows
    {
        get
        {
            lock (_gate) return [.. _live.SelectMany(f => _files[f.Path])];
        }
    }

    public ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct)
    {
        lock (_gate) return ValueTask.FromResult(new LakeSnapshot(name, Root, _version, schema, [], _live, _transactions));
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
            if (Replayed(commit.Transactions) is { } replayed) return ValueTask.FromResult<CommitOutcome>(replayed);
            _live = commit.Replace ? commit.Files.Files : _live.AddRange(commit.Files.Files);
            return ValueTask.FromResult<CommitOutcome>(new CommitOutcome.Committed(++_version));
        }
    }

    public async ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct)
    {
        var given = await TakeAsync(rows, ct).ConfigureAwait(false);
        lock (_gate)
        {
            if (Replayed(merge.Transaction is { } mark ? [mark] : []) is { } replayed) return replayed;
            var key = merge.Key.Select(schema.IndexOf).ToList();
            string KeyOf(ImmutableArray<object?> row) => string.Join('|', key.Select(k => $"{row[k]?.GetType()}:{row[k]}"));
            var last = given.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            var merged = Rows.Where(r => !last.ContainsKey(KeyOf(r))).Concat(last.Values.Where(r => r[^1] is not true).Select(r => r[..^1])).ToList();
            _live = [Keep(merged)];
            return new CommitOutcome.Committed(++_version);
        }
    }

    public ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct)
    {
        lock (_gate) return ValueTask.FromResult(files.Files.Count(f => !_live.Contains(f) && _files.Remove(f.Path)));
    }

    public async ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct) =>
        await ((ILakeTable)this).CommitAsync(await StageAsync(rows, ct).ConfigureAwait(false), transaction, ct).ConfigureAwait(false);

    public async IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, [EnumeratorCancellation] CancellationToken ct)
    {
        using var builder = new BatchBuilder(schema);
        foreach (var row in Rows)
        {
            builder.AppendRow(row.AsSpan());
            if (builder.IsFull) yield return builder.Build();
        }

        if (builder.RowCount > 0) yield return builder.Build();
        await Task.CompletedTask.ConfigureAwait(false);
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

    private StagedFile Keep(List<ImmutableArray<object?>> rows)
    {
        var path = (++_written).ToString("D6", CultureInfo.InvariantCulture);
        _files.Add(path, rows);
        return new StagedFile(path, 0, rows.Count, ImmutableDictionary<string, string?>.Empty, "{}");
    }

    private CommitOutcome.AlreadyCommitted? Replayed(ImmutableArray<LakeTransaction> marks)
    {
        foreach (var mark in marks)
            if (_transactions.TryGetValue(mark.AppId, out var done) && done >= mark.Version) return new CommitOutcome.AlreadyCommitted(done);
        foreach (var mark in marks) _transactions = _transactions.SetItem(mark.AppId, mark.Version);
        return null;
    }
}
