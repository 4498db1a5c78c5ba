using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams.Tests;

/// <summary>A lake table that keeps only the sum of a column, each transaction once, and whose commits wait or fail when told to.</summary>
internal sealed class SumTable(string name, Schema schema, string column, Func<CancellationToken, Task> beforeCommit) : ILakeTable
{
    private readonly ConcurrentDictionary<string, (long Rows, long Sum)> _staged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _transactions = new(StringComparer.Ordinal);
    private long _sum;
    private int _files;

    public string Name => name;

    public string Root => $"memory:/{name}";

    /// <summary>Of all committed rows.</summary>
    public long Sum => Interlocked.Read(ref _sum);

    public ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct) =>
        ValueTask.FromResult(new LakeSnapshot(name, Root, 0, schema, [], [], _transactions.ToImmutableDictionary()));

    public async ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct)
    {
        var (count, sum) = (0L, 0L);
        await foreach (var batch in rows.WithCancellation(ct))
        {
            using (batch)
            {
                count += batch.RowCount;
                for (var row = 0; row < batch.RowCount; row++) sum += batch[column].Get<long>(row);
            }
        }

        var path = Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture);
        _staged[path] = (count, sum);
        return new StagedFiles(name, [new StagedFile(path, 0, count, ImmutableDictionary<string, string?>.Empty, "{}")]);
    }

    public async ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct)
    {
        await beforeCommit(ct);
        foreach (var transaction in commit.Transactions)
        {
            if (_transactions.GetValueOrDefault(transaction.AppId) >= transaction.Version) return new CommitOutcome.AlreadyCommitted(transaction.Version);
            _transactions[transaction.AppId] = transaction.Version;
        }

        foreach (var file in commit.Files.Files)
            if (_staged.TryRemove(file.Path, out var added)) Interlocked.Add(ref _sum, added.Sum);
        return new CommitOutcome.Committed(1);
    }

    public ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct) => ValueTask.FromResult(files.Files.Count(f => _staged.TryRemove(f.Path, out _)));

    public ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct) => throw new NotSupportedException();
}
