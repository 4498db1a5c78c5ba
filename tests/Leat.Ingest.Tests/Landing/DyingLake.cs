using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;

namespace Leat.Ingest.Tests.Landing;

/// <summary>A lake whose commits die: just before, or just after, the commit is stored.</summary>
internal sealed class DyingLake(ILakeCatalog inner, int commitsThatLive, bool afterCommit) : ILakeCatalog
{
    private readonly bool _afterCommit = afterCommit;
    private int _left = commitsThatLive;

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken ct) => inner.ListAsync(ct);

    public async ValueTask<ILakeTable?> FindAsync(string name, CancellationToken ct) => await inner.FindAsync(name, ct) is { } table ? new Table(this, table) : null;

    public async ValueTask<ILakeTable> CreateAsync(string name, Schema schema, IReadOnlyList<string> partitionColumns, CancellationToken ct) =>
        new Table(this, await inner.CreateAsync(name, schema, partitionColumns, ct));

    public sealed class KilledException : Exception;

    private sealed class Table(DyingLake lake, ILakeTable inner) : ILakeTable
    {
        public string Name => inner.Name;

        public string Root => inner.Root;

        public ValueTask<LakeSnapshot> SnapshotAsync(long? version, CancellationToken ct) => inner.SnapshotAsync(version, ct);

        public ValueTask<StagedFiles> StageAsync(IAsyncEnumerable<Batch> rows, CancellationToken ct) => inner.StageAsync(rows, ct);

        public ValueTask<CommitOutcome> MergeAsync(IAsyncEnumerable<Batch> rows, LakeMerge merge, CancellationToken ct) => inner.MergeAsync(rows, merge, ct);

        public async ValueTask<CommitOutcome> CommitAsync(LakeCommit commit, CancellationToken ct)
        {
            var dies = --lake._left < 0;
            if (dies && !lake._afterCommit) throw new KilledException();
            var outcome = await inner.CommitAsync(commit, ct);
            return dies ? throw new KilledException() : outcome;
        }

        public ValueTask<CommitOutcome> AppendAsync(IAsyncEnumerable<Batch> rows, LakeTransaction? transaction, CancellationToken ct) => inner.AppendAsync(rows, transaction, ct);

        public ValueTask<int> DeleteStagedAsync(StagedFiles files, CancellationToken ct) => inner.DeleteStagedAsync(files, ct);

        public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, CancellationToken ct) => inner.ReadAsync(snapshot, ct);

        public IAsyncEnumerable<Batch> ReadAsync(LakeSnapshot snapshot, LakeSlice slice, CancellationToken ct) => inner.ReadAsync(snapshot, slice, ct);

        public ValueTask<LakeVersion> StartAsync(long? version, CancellationToken ct) => inner.StartAsync(version, ct);

        public ValueTask<LakeVersion?> FindVersionAsync(long version, CancellationToken ct) => inner.FindVersionAsync(version, ct);

        public IAsyncEnumerable<Batch> ReadAsync(LakeVersion version, LakeFile file, ImmutableArray<string> columns, long fromRow, CancellationToken ct) =>
            inner.ReadAsync(version, file, columns, fromRow, ct);
    }
}
