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
        var kept = new List<ImmutableArray<object?>>();
        await foreach (var batch in rows.WithCancellation(ct).ConfigureAwait(false))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) kept.Add([.. Enumerable.Range(0, batch.ColumnCount).Select(c => batch[c].GetValue(row))]);
        }

        lock (_gate)
        {
            var path = (_files.Count + 1).ToString("D6", CultureInfo.InvariantCulture);
            _files.Add(path, kept);
            return new StagedFiles(name, [new StagedFile(path, 0, kept.Count, ImmutableDictionary<string, string?>.Empty, "{}")]);
        }
    }

    public ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct)
    {
        lock (_gate)
        {
            foreach (var transaction in commit.Transactions)
            {
                if (_transactions.TryGetValue(transaction.AppId, out var done) && done >= transaction.Version)
                    return ValueTask.FromResult<CommitOutcome>(new CommitOutcome.AlreadyCommitted(done));
            }
            foreach (var transaction in commit.Transactions) _transactions = _transactions.SetItem(transaction.AppId, transaction.Version);
            _live = commit.Replace ? commit.Files.Files : _live.AddRange(commit.Files.Files);
            return ValueTask.FromResult<CommitOutcome>(new CommitOutcome.Committed(++_version));
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
}
